import type { DownloadRecord } from "../ports/download-record.ts";
import { type DownloadSettings, readDownloadOptions } from "./download-settings.ts";

/** Whether a download gets all that one on record, of the same region, was to get. Not, if what that was cannot be read. */
export function getsAllOf(settings: DownloadSettings, recorded: DownloadRecord["options"]): boolean {
  let other: DownloadSettings;
  try {
    other = readDownloadOptions(recorded);
  } catch {
    return false;
  }
  if (thoroughness(settings) < thoroughness(other)) return false;
  if (settings.skipSea && !other.skipSea) return false;
  return (settings.pruneSeaBelow ?? Infinity) >= (other.pruneSeaBelow ?? Infinity);
}

/** What is there may be skipped, asked for if it is stale, asked for in any case, or downloaded as if it were not there. */
function thoroughness({ update, skipExisting }: DownloadSettings): number {
  if (update !== false) return update === "stale" ? 1 : 2;
  return skipExisting ? 0 : 3;
}
