import type { DownloadOptions, DownloadRecord } from "@fmtc/core";

/** Whether a recorded download does what these options say, as far as they say something. */
export function isAsWanted({ options: recorded }: DownloadRecord, wanted: DownloadOptions): boolean {
  return Object.entries({ update: false, ...wanted }).every(([name, value]) => {
    const was = recorded[name];
    const isBuffer = name === "buffer" && typeof was === "object" && was !== null && "tiles" in was;
    return (isBuffer ? was.tiles : was) === value || (name === "recovery" && value === true);
  });
}
