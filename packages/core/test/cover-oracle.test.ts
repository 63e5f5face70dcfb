import type fc from "fast-check";
import { expect, test } from "vitest";
import { coverOf, type Region, toDownloadable } from "../src/index.ts";
import { circles, lines, multis, pairs, polygons, rectangles, type Zoomed } from "./arbitrary/regions.ts";
import { Agreement } from "./oracle/agreement.ts";
import { combine, oracleOf } from "./oracle/oracle.ts";
import { holds } from "./property.ts";

const cover = (region: Region, zooms: { minZoom: number; maxZoom: number }) =>
  coverOf(toDownloadable(region, { minZoom: zooms.minZoom, maxZoom: zooms.maxZoom, source: "test" }));

const kinds: [name: string, cases: fc.Arbitrary<Zoomed>, runs: number][] = [
  ["rectangles", rectangles, 1_000],
  ["polygons", polygons, 3_000],
  ["circles", circles, 1_500],
  ["lines", lines, 1_500],
  ["nested multis", multis, 1_500],
];

test.each(kinds)("the cover of %s has exactly the oracle's tiles", (_, cases, runs) => {
  const agreement = new Agreement();
  holds(cases, runs, (zoomed) => agreement.expect(cover(zoomed.region, zoomed), oracleOf(zoomed)));
  agreement.expectFewUndecided();
});

test("union, intersection and difference have exactly the tiles that sets of them have", () => {
  const agreement = new Agreement();
  holds(pairs, 500, ({ regions: [first, second], ...zooms }) => {
    const [a, b] = [cover(first, zooms), cover(second, zooms)];
    const [p, q] = [oracleOf({ region: first, ...zooms }), oracleOf({ region: second, ...zooms })];
    agreement.expect(
      a.union(b),
      combine(p, q, (inA, inB) => inA || inB),
    );
    agreement.expect(
      a.intersection(b),
      combine(p, q, (inA, inB) => inA && inB),
    );
    agreement.expect(
      a.difference(b),
      combine(p, q, (inA, inB) => inA && !inB),
    );
  });
  agreement.expectFewUndecided();
});

test("set algebra joins covers of different zooms", () => {
  holds(pairs, 100, ({ regions: [first, second], minZoom, maxZoom }) => {
    const a = cover(first, { minZoom, maxZoom });
    const b = cover(second, { minZoom: maxZoom, maxZoom });
    const [above, below] = [a.intersection(b), a.difference(b)];
    expect([...above.countByZoom].every(([z, count]) => z === maxZoom || count === 0)).toBe(true);
    expect(above.count + below.count).toBe(a.count);
  });
});
