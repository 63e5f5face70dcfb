import { type DownloadableRegion, parseDownloadable, toDownloadable } from "../region/downloadable.ts";
import type { Sources } from "./sources.ts";

/**
 * Reads a downloadable region of unknown origin.
 *
 * @throws RegionError if it is none, or its source lacks zooms of it; UnknownSourceError
 */
export function readRegionOf(sources: Sources, given: DownloadableRegion): DownloadableRegion {
  const { region, ...options } = parseDownloadable(given);
  return toDownloadable(region, { ...options, source: sources.get(options.source).source });
}
