import { readFileSync } from "node:fs";
import { circle, type DownloadableRegion, type LatLng, type Region, toDownloadable } from "@fmtc/core";
import { fromGpx } from "@fmtc/tracks";

export const london: LatLng = { lat: 51.5074, lng: -0.1278 };

/** All within 5 km of the middle of London. */
export const circleAroundLondon = circle(london, 5_000);

/** All within 500 m of a walk along the Thames, read from a GPX file. */
export const corridorAlongThames = fromGpx(
  readFileSync(new URL("../tracks/thames-path.gpx", import.meta.url), "utf8"),
  { radiusMeters: 500 },
);

/** The same zooms for all regions of the demo, unless it is about zooms. */
export function downloadable(region: Region, minZoom = 8, maxZoom = 16): DownloadableRegion {
  return toDownloadable(region, { minZoom, maxZoom, source: "demo" });
}
