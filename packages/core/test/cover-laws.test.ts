import fc from "fast-check";
import { expect, test } from "vitest";
import { type Cover, coverOf, type TileCoord, toDownloadable } from "../src/index.ts";
import { pairs, regions, triples, type Zoomed } from "./arbitrary/regions.ts";
import { keysOf } from "./oracle/agreement.ts";
import { holds } from "./property.ts";

const RUNS = 200;

const cover = ({ region, minZoom, maxZoom }: Zoomed) =>
  coverOf(toDownloadable(region, { minZoom, maxZoom, source: "test" }));

const covers = regions.map(cover);
const twoCovers = pairs.map(({ regions, ...zooms }) => regions.map((region) => cover({ region, ...zooms })));
const threeCovers = triples.map(({ regions, ...zooms }) => regions.map((region) => cover({ region, ...zooms })));

function expectSame(actual: Cover, expected: Cover): void {
  expect(keysOf(actual)).toEqual(keysOf(expected));
  expect(actual.count).toBe(expected.count);
}

function take(some: readonly Cover[], index: number): Cover {
  const one = some[index];
  if (!one) throw new Error(`no cover ${index}`);
  return one;
}

test("count, countByZoom, the iterator and the cursor agree", () => {
  holds(covers, RUNS, (cover) => {
    const tiles = [...cover];
    expect(cover.count).toBe(tiles.length);
    const byZoom = new Map<number, number>();
    for (const { z } of tiles) byZoom.set(z, (byZoom.get(z) ?? 0) + 1);
    expect(new Map([...cover.countByZoom].filter(([, count]) => count > 0))).toEqual(byZoom);
    const walked: TileCoord[] = [];
    const cursor = cover.cursor();
    while (cursor.next()) {
      expect(cursor.index).toBe(walked.length);
      walked.push({ z: cursor.z, x: cursor.x, y: cursor.y });
    }
    expect(walked).toEqual(tiles.map(({ z, x, y }) => ({ z, x, y })));
    expect(cursor.next()).toBe(false);
  });
});

test("countByZoom has every zoom of the region, in ascending order", () => {
  holds(regions, RUNS, (zoomed) => {
    const zooms = Array.from({ length: zoomed.maxZoom - zoomed.minZoom + 1 }, (_, i) => zoomed.minZoom + i);
    expect([...cover(zoomed).countByZoom.keys()]).toEqual(zooms);
  });
});

test("tiles come in strictly ascending order of zoom, row and column, all of them real", () => {
  holds(covers, RUNS, (cover) => {
    let last: TileCoord = { z: -1, x: 0, y: 0 };
    for (const tile of cover) {
      const step = tile.z - last.z || tile.y - last.y || tile.x - last.x;
      expect(step).toBeGreaterThan(0);
      for (const column of [tile.x, tile.y]) {
        expect(Number.isInteger(column) && column >= 0 && column < 2 ** tile.z).toBe(true);
      }
      last = tile;
    }
  });
});

test("at and indexOf are each other's inverse", () => {
  holds(covers, RUNS, (cover) => {
    let index = 0;
    for (const tile of cover) {
      expect(cover.at(index)).toEqual(tile);
      expect(cover.indexOf(tile)).toBe(index);
      index++;
    }
  });
});

test("at has nothing before the first, after the last and between two tiles", () => {
  holds(covers, RUNS, (cover) => {
    for (const index of [-1, cover.count, cover.count + 1, 0.5, Number.NaN, Infinity]) {
      expect(cover.at(index)).toBeUndefined();
    }
  });
});

test("has is true and indexOf not −1 for exactly the tiles of the iteration", () => {
  holds(regions, RUNS, (zoomed) => {
    const { minZoom, maxZoom } = zoomed;
    const some = cover(zoomed);
    const keys = new Set(keysOf(some));
    for (const { z, x, y } of some) {
      const neighbours = [-1, 0, 1].flatMap((dx) => [-1, 0, 1].map((dy) => ({ z, x: x + dx, y: y + dy })));
      const others = [
        { z: z - 1, x, y },
        { z: z + 1, x, y },
        { z, x: x + 2 ** z, y },
        { z, x: x + 0.5, y },
      ];
      for (const tile of [...neighbours, ...others]) {
        const isIn = keys.has(`${tile.z}/${tile.x}/${tile.y}`);
        expect(some.has(tile)).toBe(isIn);
        expect(some.indexOf(tile) >= 0).toBe(isIn);
      }
    }
    for (const z of [minZoom - 1, maxZoom + 1]) expect(some.has({ z, x: 0, y: 0 })).toBe(false);
  });
});

test("a cursor can start anywhere", () => {
  holds(fc.tuple(covers, fc.nat()), RUNS, ([cover, n]) => {
    const from = n % (cover.count + 1);
    const cursor = cover.cursor(from);
    for (let index = from; index < cover.count; index++) {
      expect(cursor.next()).toBe(true);
      expect({ z: cursor.z, x: cursor.x, y: cursor.y }).toEqual(cover.at(index));
      expect(cursor.index).toBe(index);
    }
    expect(cursor.next()).toBe(false);
  });
});

test("every tile's parent is in the cover of the parent zoom", () => {
  holds(regions, RUNS, (zoomed) => {
    const some = cover({ ...zoomed, minZoom: 0 });
    for (const { z, x, y } of some) {
      if (z > 0) expect(some.has({ z: z - 1, x: x >> 1, y: y >> 1 })).toBe(true);
    }
  });
});

test("a zoom's tiles do not depend on the other zooms", () => {
  holds(regions, RUNS, (zoomed) => {
    const all = cover({ ...zoomed, minZoom: 0 });
    const last = cover({ ...zoomed, minZoom: zoomed.maxZoom });
    expect(keysOf(last)).toEqual(keysOf(all).filter((key) => key.startsWith(`${zoomed.maxZoom}/`)));
  });
});

test("blocks are disjoint, in order, and hold exactly the cover's tiles", () => {
  holds(regions, RUNS, (zoomed) => {
    const some = cover(zoomed);
    let area = 0;
    for (let zoom = zoomed.minZoom; zoom <= zoomed.maxZoom; zoom++) {
      const blocks = [...some.blocks(zoom)];
      for (const [i, { z, y0, y1, x0, x1 }] of blocks.entries()) {
        expect(z).toBe(zoom);
        expect(0 <= y0 && y0 < y1 && y1 <= 2 ** z && 0 <= x0 && x0 < x1 && x1 <= 2 ** z).toBe(true);
        area += (y1 - y0) * (x1 - x0);
        // Of two blocks the later is wholly south of the earlier, or beside it to the east.
        const before = blocks[i - 1];
        if (before) expect(y0 >= before.y1 || (y0 === before.y0 && y1 === before.y1 && x0 >= before.x1)).toBe(true);
        for (const [x, y] of [
          [x0, y0],
          [x1 - 1, y1 - 1],
        ] as const)
          expect(some.has({ z, x, y })).toBe(true);
      }
    }
    expect(area).toBe(some.count);
    expect([...some.blocks(zoomed.maxZoom + 1)]).toEqual([]);
  });
});

test("union is commutative, associative and idempotent, and nothing is its neutral element", () => {
  holds(threeCovers, RUNS, (three) => {
    const [a, b, c] = [take(three, 0), take(three, 1), take(three, 2)];
    expectSame(a.union(b), b.union(a));
    expectSame(a.union(b).union(c), a.union(b.union(c)));
    expectSame(a.union(a), a);
    expectSame(a.union(a.difference(a)), a);
    expect(a.difference(a).count).toBe(0);
  });
});

test("union never counts a tile twice: |A ∪ B| = |A| + |B| − |A ∩ B|", () => {
  holds(twoCovers, RUNS, (two) => {
    const [a, b] = [take(two, 0), take(two, 1)];
    const union = a.union(b);
    expect(union.count).toBe(a.count + b.count - a.intersection(b).count);
    expect(new Set(keysOf(union)).size).toBe(union.count);
  });
});

test("intersection is commutative, associative, idempotent and distributes over union", () => {
  holds(threeCovers, RUNS, (three) => {
    const [a, b, c] = [take(three, 0), take(three, 1), take(three, 2)];
    expectSame(a.intersection(b), b.intersection(a));
    expectSame(a.intersection(b).intersection(c), a.intersection(b.intersection(c)));
    expectSame(a.intersection(a), a);
    expectSame(a.intersection(b.union(c)), a.intersection(b).union(a.intersection(c)));
  });
});

test("difference parts a cover: what is in the other and what is not", () => {
  holds(threeCovers, RUNS, (three) => {
    const [a, b, c] = [take(three, 0), take(three, 1), take(three, 2)];
    const [shared, own] = [a.intersection(b), a.difference(b)];
    expect(shared.count + own.count).toBe(a.count);
    expectSame(shared.union(own), a);
    expect(own.intersection(b).count).toBe(0);
    expectSame(a.difference(b.union(c)), a.difference(b).difference(c));
    expectSame(a.difference(b.intersection(c)), a.difference(b).union(a.difference(c)));
  });
});

test("a multi is the union of its parts", () => {
  holds(pairs, RUNS, ({ regions: [first, second], ...zooms }) => {
    const whole = cover({ region: { type: "multi", regions: [first, second] }, ...zooms });
    expectSame(whole, cover({ region: first, ...zooms }).union(cover({ region: second, ...zooms })));
  });
});

test("at and indexOf hold on the results of set operations", () => {
  holds(twoCovers, RUNS, (two) => {
    const [a, b] = [take(two, 0), take(two, 1)];
    for (const result of [a.union(b), a.intersection(b), a.difference(b)]) {
      expect(Array.from({ length: result.count }, (_, i) => result.at(i))).toEqual([...result]);
      expect(Array.from(result, (tile) => result.indexOf(tile))).toEqual(Array.from(result, (_, i) => i));
    }
  });
});
