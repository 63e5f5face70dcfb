import { circle, coverOf, type DownloadableRegion, multi, rectangle } from "@fmtc/core";
import type { Demo } from "../demo.ts";
import { measure } from "../measure.ts";
import { grouped, heading } from "../paint.ts";
import { city, downloadable, london, walk } from "../regions.ts";
import { tableLines } from "../table.ts";

const OTHERS: readonly [what: string, region: DownloadableRegion][] = [
  ["5 km around London", downloadable(city, 8, 14)],
  ["the same, and 500 m around a walk along the Thames", downloadable(multi([city, walk]), 8, 16)],
  ["Fiji, over the antimeridian", downloadable(rectangle({ north: -12, south: -21, west: 176.5, east: -178 }), 0, 14)],
  ["5,000 km around London", downloadable(circle(london, 5_000_000), 0, 18)],
  ["the whole world", downloadable(rectangle({ north: 90, south: -90, west: -180, east: 180 }), 0, 24)],
];

/** Counts the tiles of what will be downloaded; and of what the README counts, and what is awkward or huge. */
export async function countRegions({ fmtc, options }: Demo): Promise<void> {
  console.log(heading("Count"));
  console.log("  All within 80 km of London, and within 10 km of a ride to Amsterdam, from a GPX file. The regions");
  console.log("  need the tiles that share area with them, and no others.\n");
  await fmtc.run("count", ...options.region);

  console.log("  Tiles are counted by rows, without visiting one. So the time goes by the rows: a circle has many,");
  console.log("  and those of a rectangle are all alike.\n");
  // The first time would measure how long the engine compiles.
  for (const [, region] of OTHERS) coverOf(region);
  const rows = OTHERS.map(([, region]) => {
    const { result, took } = measure(() => coverOf(region).count);
    return [`z${region.minZoom}–${region.maxZoom}`, `${grouped(result)} tiles`, took];
  });
  const lines = tableLines(rows);
  const width = Math.max(...OTHERS.map(([what]) => what.length));
  OTHERS.forEach(([what], i) => {
    console.log(`  ${what.padEnd(width)}  ${lines[i]}`);
  });
  console.log();
}
