import { describe, expect, test } from "vitest";
import { circle, rectangle } from "../../src/index.ts";
import { LIMIT } from "../oracle/grid.ts";
import { at, cover, EIGHTH, rows, tiles } from "./tiles.ts";

describe("circles", () => {
  test("over a pole it takes whole rows", () => {
    // 1,000 km are 8.993°: down to 81.007°, which is in row 0 of z3 and row 1 of z4.
    for (const [lat, last] of [
      [90, 0],
      [-90, 1],
    ] as const) {
      const cap = circle(at(lat, 0), 1_000_000);
      expect(tiles(cap, 3)).toEqual(rows(last * 7, last * 7, 0, 7));
      expect(tiles(cap, 4)).toEqual(rows(last * 14, last * 14 + 1, 0, 15));
    }
  });

  test("near a pole it keeps its true centre, beyond the map", () => {
    // 600 km are 5.396°. The map's border at Δλ is acos(sin 89° sin 85.05° + cos 89° cos 85.05° cos Δλ) away:
    // 5.05° at 90°, 5.70° at 135°.
    expect(tiles(circle(at(89, 0), 600_000), 3)).toEqual(rows(0, 0, 1, 6));
    expect(tiles(circle(at(-89, 0), 600_000), 3)).toEqual(rows(7, 7, 1, 6));
    expect(tiles(circle(at(89, 180), 600_000), 3)).toEqual(["0/0", "1/0", "2/0", "5/0", "6/0", "7/0"]);
  });

  test("that holds a pole off its centre takes that pole's rows whole, and no more of the others than it reaches", () => {
    // 2,000 km are 17.986°: from (80°, 0°) over the pole down to 82.014° at 180°, and to 62.014° at 0°.
    const cap = circle(at(80, 0), 2_000_000);
    expect(tiles(cap, 4).slice(0, 16)).toEqual(rows(0, 0, 0, 15));
    const far = cover(rectangle({ north: LIMIT, south: 62.1, west: 179.9, east: -179.9 }), 8);
    const reached = cover(cap, 8).intersection(far);
    // 82.014° is at y = (0.5 − asinh(tan 82.014°) / 2π)·2^8 = 19.5.
    expect(Array.from(reached, ({ x, y }) => `${x}/${y}`)).toEqual(
      Array.from({ length: 20 }, (_, y) => [`0/${y}`, `255/${y}`]).flat(),
    );
  });

  test("crosses the antimeridian, from either side of it", () => {
    const expected = ["0/3", "7/3", "0/4", "7/4"];
    for (const lng of [180, -180, 179, -179, 181, 539]) {
      expect(tiles(circle(at(0, lng), 200_000), 3)).toEqual(expected);
    }
  });

  test("is widest nearer to the pole than its centre", () => {
    // 2,000 km around (60°, 0°): asin(sin δ / cos 60°) = 38.1° wide at 65.6°, 36.4° at 60°. Column 77 of z7 starts at 36.56°.
    const some = cover(circle(at(60, 0), 2_000_000), 7);
    expect(some.has({ z: 7, x: 77, y: 32 })).toBe(true);
    expect(some.has({ z: 7, x: 76, y: 38 })).toBe(true);
    expect(some.has({ z: 7, x: 77, y: 38 })).toBe(false);
    expect(some.has({ z: 7, x: 78, y: 32 })).toBe(false);
  });

  test("of a metre on a corner of four tiles takes all four", () => {
    const half = 2 ** 23;
    expect(tiles(circle(at(0, 0), 1), 1)).toEqual(rows(0, 1, 0, 1));
    expect(tiles(circle(at(0, 0), 1), 24)).toEqual(rows(half - 1, half, half - 1, half));
  });

  test("of no radius takes the tile that contains its centre", () => {
    expect(tiles(circle(at(0, 0), 0), 1)).toEqual(["1/1"]);
    expect(tiles(circle(at(0, 180), 0), 2)).toEqual(["0/2"]);
    expect(tiles(circle(at(EIGHTH, -45), 0), 3)).toEqual(["3/1"]);
    expect(tiles(circle(at(-LIMIT, 0), 0), 3)).toEqual(["4/7"]);
  });

  test("as large as the world takes it all, and one that misses the antipode by a kilometre too", () => {
    const half = Math.PI * 6_371_008.8;
    for (const radius of [half, half + 1, half - 1_000, 1e12]) {
      expect(cover(circle(at(10, 20), radius), 5).count).toBe(4 ** 5);
    }
  });

  test("more than half the world leaves a hole around the antipode", () => {
    const half = Math.PI * 6_371_008.8;
    const some = cover(circle(at(0, 0), half - 500_000), 8);
    const rest = cover(rectangle({ north: 90, south: -90, west: -180, east: 180 }), 8).difference(some);
    // What is left are the tiles wholly within 500 km (4.497°) of (0°, 180°): columns of 1.406°.
    const beside = Array.from(rest, ({ x }) => x).filter((x) => x < 128);
    expect(Math.max(...beside)).toBe(2);
    expect(rest.count).toBe(4 * beside.filter((_, i) => i < rest.count / 4).length);
    expect(rest.has({ z: 8, x: 0, y: 127 })).toBe(true);
    expect(rest.has({ z: 8, x: 0, y: 130 })).toBe(true);
    expect(rest.has({ z: 8, x: 0, y: 131 })).toBe(false);
  });
});
