import type { DownloadableRegion } from "../region/downloadable.ts";

/** Whether two regions, as `parseDownloadable` returns them, say the same. */
export function isSameRegion(a: DownloadableRegion, b: DownloadableRegion): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
