import { type DownloadableRegion, RegionError, type TileSource, toDownloadable } from "@fmtc/core";
import { DEEPEST_ZOOM } from "../deepest-zoom.ts";
import { quoted } from "../files/quoted.ts";
import { UsageError } from "../usage-error.ts";
import type { WantedRegion } from "./region-of.ts";

/**
 * What is to be had of a source.
 *
 * @throws UsageError if it lacks some of the zooms.
 */
export function downloadableOf({ region, ...wanted }: WantedRegion, source: TileSource): DownloadableRegion {
  try {
    return toDownloadable(region, { ...wanted, source });
  } catch (error) {
    if (!RegionError.isInstance(error) || !["minZoom", "maxZoom"].includes(error.field)) throw error;
    const { minZoom = 0, maxZoom = DEEPEST_ZOOM } = source;
    const has = `source ${quoted(source.id)} has zooms ${minZoom} to ${maxZoom}`;
    const { minZoom: first, maxZoom: last } = wanted;
    throw new UsageError(`--zooms is ${first === last ? first : `${first}-${last}`}, but ${has}.`);
  }
}
