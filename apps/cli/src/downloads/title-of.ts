import type { DownloadableRegion } from "@fmtc/core";

/** What a download is, for people: `hiking: topo, zooms 8-14`. */
export function titleOf(store: string, { source, minZoom, maxZoom }: DownloadableRegion): string {
  return `${store}: ${source}, ${minZoom === maxZoom ? `zoom ${minZoom}` : `zooms ${minZoom}-${maxZoom}`}`;
}
