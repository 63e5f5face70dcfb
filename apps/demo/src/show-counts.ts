import { type Cover, coverOf } from "@fmtc/core";
import { measure } from "./measure.ts";
import { grouped, heading, quiet, strong } from "./paint.ts";
import { circleAroundLondon, corridorAlongThames, downloadable } from "./regions.ts";
import { tableLines } from "./table.ts";

/** Counts two regions per zoom, what they are together and what they share; then a part of one of them. */
export function showCounts(): void {
  const { result: covers, took } = measure(() => {
    const circle = coverOf(downloadable(circleAroundLondon));
    const corridor = coverOf(downloadable(corridorAlongThames));
    return { circle, corridor, together: circle.union(corridor), shared: circle.intersection(corridor) };
  });

  console.log(heading("Two regions, tile by tile"));
  console.log("  circle    all within 5 km of the middle of London");
  console.log("  corridor  all within 500 m of a walk along the Thames, from a GPX file\n");
  const [head = "", ...rows] = tableLines(rowsOf(Object.entries(covers)));
  const total = rows.pop() ?? "";
  console.log(`  ${strong(head)}`);
  for (const row of rows) console.log(`  ${row}`);
  console.log(`  ${strong(total)}\n`);
  console.log(`  What both share is downloaded once. ${quiet(`Counted in ${took}.`)}\n`);
  showSlice(covers.circle);
}

function rowsOf(covers: readonly [name: string, cover: Cover][]): string[][] {
  const zooms = [...new Set(covers.flatMap(([, cover]) => [...cover.countByZoom.keys()]))].sort((a, b) => a - b);
  return [
    ["zoom", ...covers.map(([name]) => name)],
    ...zooms.map((z) => [`${z}`, ...covers.map(([, cover]) => grouped(cover.countByZoom.get(z) ?? 0))]),
    ["all", ...covers.map(([, cover]) => grouped(cover.count))],
  ];
}

function showSlice(cover: Cover): void {
  const first = coverOf({ ...downloadable(circleAroundLondon), end: 100 });
  const rest = coverOf({ ...downloadable(circleAroundLondon), start: 101 });
  const next = rest.at(0);
  console.log(heading("A download in parts"));
  console.log(
    `  The circle's tiles stand in a fixed order, so ${strong("end: 100")} takes the first ${grouped(first.count)},`,
  );
  console.log(
    `  ${strong("start: 101")} the other ${grouped(rest.count)} of ${grouped(cover.count)}, from ${next?.z}/${next?.x}/${next?.y} on.\n`,
  );
}
