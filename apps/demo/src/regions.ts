import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { circle, type DownloadableRegion, type LatLng, multi, type Region, toDownloadable } from "@fmtc/core";
import { fromGpx } from "@fmtc/tracks";

/** The id that the demo's tiles are stored under, and the store that holds them. */
export const SOURCE = "world";
export const STORE = "ride";

export const london: LatLng = { lat: 51.5074, lng: -0.1278 };

/** What the README counts: a circle, and the corridor of a walk of a day. */
export const city = circle(london, 5_000);
export const walk = fromGpx(readTrack("thames-path.gpx"), { radiusMeters: 500 });

/** What the demo downloads: a larger circle, and the corridor of a ride of a week. */
export const surroundings = circle(london, 80_000);
export const rideFile = trackFile("london-to-amsterdam.gpx");
export const ride = fromGpx(readTrack("london-to-amsterdam.gpx"), { radiusMeters: 10_000 });
export const journey = downloadable(multi([surroundings, ride]), 6, 13);

/** The same region in the words of the command line. */
export const journeyOptions = { circle: "51.5074,-0.1278,80km", radius: "10km", zooms: "6-13" } as const;

export function downloadable(region: Region, minZoom: number, maxZoom: number): DownloadableRegion {
  return toDownloadable(region, { minZoom, maxZoom, source: SOURCE });
}

function readTrack(name: string): string {
  return readFileSync(trackFile(name), "utf8");
}

function trackFile(name: string): string {
  return fileURLToPath(new URL(`../tracks/${name}`, import.meta.url));
}
