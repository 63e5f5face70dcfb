import { circle, coverOf, type Region, rectangle } from "@fmtc/core";
import { measure } from "./measure.ts";
import { grouped, heading, quiet } from "./paint.ts";
import { downloadable, london } from "./regions.ts";
import { tableLines } from "./table.ts";

const surprises: readonly [what: string, region: Region, minZoom: number, maxZoom: number][] = [
  ["1,500 km around the North Pole", circle({ lat: 90, lng: 0 }, 1_500_000), 0, 12],
  ["Fiji, over the antimeridian", rectangle({ north: -12, south: -21, west: 176.5, east: -178 }), 0, 14],
  ["5,000 km around London", circle(london, 5_000_000), 0, 20],
  ["the whole world", rectangle({ north: 90, south: -90, west: -180, east: 180 }), 0, 24],
];

/** Counts regions that are awkward or huge: counting does not visit the tiles. */
export function showSurprises(): void {
  const rows = surprises.map(([what, region, minZoom, maxZoom]) => {
    const { result, took } = measure(() => coverOf(downloadable(region, minZoom, maxZoom)).count);
    return { what, cells: [`z${minZoom}–${maxZoom}`, `${grouped(result)} tiles`, took] };
  });
  const lines = tableLines(rows.map(({ cells }) => cells));
  const width = Math.max(...rows.map(({ what }) => what.length));
  console.log(heading("Regions that are awkward, or huge"));
  rows.forEach(({ what }, i) => {
    console.log(`  ${what.padEnd(width)}   ${lines[i]}`);
  });
  console.log(quiet("\n  A cover keeps rows of tiles rather than tiles, so it counts them without visiting one.\n"));
}
