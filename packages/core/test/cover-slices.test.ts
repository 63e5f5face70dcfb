import fc from "fast-check";
import { expect, test } from "vitest";
import { coverOf, toDownloadable } from "../src/index.ts";
import { pairs, regions, type Zoomed } from "./arbitrary/regions.ts";
import { keysOf } from "./oracle/agreement.ts";
import { holds } from "./property.ts";

const RUNS = 200;

const cover = ({ region, minZoom, maxZoom }: Zoomed) =>
  coverOf(toDownloadable(region, { minZoom, maxZoom, source: "test" }));

/** A cover with a range of positions in it, from 1, first ≤ last. */
const ranged = fc.tuple(regions, fc.nat(), fc.nat()).map(([zoomed, p, q]) => {
  const whole = cover(zoomed);
  const [a, b] = [1 + (p % whole.count), 1 + (q % whole.count)];
  return { zoomed, whole, first: Math.min(a, b), last: Math.max(a, b) };
});

/** Cases of which the cover has tiles: polygons may be slivers that select nothing. */
const cases = ranged.filter(({ whole }) => whole.count > 0);

test("slice counts from 1 and includes both ends", () => {
  holds(cases, RUNS, ({ whole, first, last }) => {
    const slice = whole.slice(first, last);
    expect(keysOf(slice)).toEqual(keysOf(whole).slice(first - 1, last));
    expect(slice.count).toBe(last - first + 1);
  });
});

test("a slice's own indices start at 0", () => {
  holds(cases, RUNS, ({ whole, first, last }) => {
    const slice = whole.slice(first, last);
    expect(slice.at(0)).toEqual(whole.at(first - 1));
    expect(slice.at(slice.count - 1)).toEqual(whole.at(last - 1));
    expect(slice.at(slice.count)).toBeUndefined();
    expect(Array.from(slice, (tile) => slice.indexOf(tile))).toEqual(Array.from(slice, (_, i) => i));
  });
});

test("what a slice leaves out is not in it", () => {
  holds(cases, RUNS, ({ whole, first, last }) => {
    const slice = whole.slice(first, last);
    for (const [i, tile] of [...whole].entries()) {
      expect(slice.has(tile)).toBe(i + 1 >= first && i + 1 <= last);
      expect(slice.indexOf(tile)).toBe(slice.has(tile) ? i + 1 - first : -1);
    }
  });
});

test("slices that follow each other make the whole", () => {
  holds(cases, RUNS, ({ whole, first }) => {
    const [before, after] = [whole.slice(1, first), whole.slice(first + 1, whole.count)];
    expect([...keysOf(before), ...keysOf(after)]).toEqual(keysOf(whole));
    expect(before.intersection(after).count).toBe(0);
    expect(keysOf(after.union(before))).toEqual(keysOf(whole));
  });
});

test("a slice of a slice is counted from the first slice's start", () => {
  holds(fc.tuple(cases, fc.nat(), fc.nat()), RUNS, ([{ whole, first, last }, p, q]) => {
    const outer = whole.slice(first, last);
    const [from, to] = [1 + (p % outer.count), 1 + (q % outer.count)];
    expect(keysOf(outer.slice(from, to))).toEqual(keysOf(whole.slice(first + from - 1, first + to - 1)));
  });
});

test("ends beyond the cover are its ends", () => {
  holds(cases, RUNS, ({ whole, first, last }) => {
    expect(keysOf(whole.slice(first, whole.count + 1000))).toEqual(keysOf(whole.slice(first, whole.count)));
    expect(whole.slice(whole.count + 1, whole.count + 10).count).toBe(0);
    expect(keysOf(whole.slice(first, last))).toEqual(keysOf(whole.slice(first)).slice(0, last - first + 1));
  });
});

test("start and end of a downloadable are a slice of its cover", () => {
  holds(cases, RUNS, ({ zoomed: { region, minZoom, maxZoom }, whole, first, last }) => {
    const zooms = { minZoom, maxZoom, source: "test" };
    const both = coverOf(toDownloadable(region, { ...zooms, start: first, end: last }));
    expect(keysOf(both)).toEqual(keysOf(whole.slice(first, last)));
    const started = coverOf(toDownloadable(region, { ...zooms, start: first }));
    expect(keysOf(started)).toEqual(keysOf(whole).slice(first - 1));
    const ended = coverOf(toDownloadable(region, { ...zooms, end: last }));
    expect(keysOf(ended)).toEqual(keysOf(whole).slice(0, last));
  });
});

test("a slice's blocks, counts and cursor are its own", () => {
  holds(cases, RUNS, ({ zoomed, whole, first, last }) => {
    const slice = whole.slice(first, last);
    let area = 0;
    for (let z = zoomed.minZoom; z <= zoomed.maxZoom; z++) {
      const own = [...slice.blocks(z)].reduce((sum, { y0, y1, x0, x1 }) => sum + (y1 - y0) * (x1 - x0), 0);
      expect(slice.countByZoom.get(z) ?? 0).toBe(own);
      area += own;
    }
    expect(area).toBe(slice.count);
    const cursor = slice.cursor(slice.count - 1);
    expect(cursor.next()).toBe(true);
    expect({ z: cursor.z, x: cursor.x, y: cursor.y }).toEqual(whole.at(last - 1));
    expect(cursor.next()).toBe(false);
  });
});

test("set operations on slices are those of their tiles", () => {
  holds(
    fc.tuple(pairs, fc.nat(), fc.nat()),
    RUNS,
    ([
      {
        regions: [first, second],
        ...zooms
      },
      p,
      q,
    ]) => {
      const [a, b] = [cover({ region: first, ...zooms }), cover({ region: second, ...zooms })];
      const left = a.slice(1 + (p % (a.count + 1)), a.count);
      const right = b.slice(1, q % (b.count + 1) || 1);
      const inRight = new Set(keysOf(right));
      expect(keysOf(left.difference(right))).toEqual(keysOf(left).filter((key) => !inRight.has(key)));
      expect(keysOf(left.intersection(right))).toEqual(keysOf(left).filter((key) => inRight.has(key)));
      expect(new Set(keysOf(left.union(right)))).toEqual(new Set([...keysOf(left), ...inRight]));
    },
  );
});
