import { describe, expect, test } from "vitest";
import { circle, line } from "../../src/index.ts";
import { LIMIT } from "../oracle/grid.ts";
import { at, byRow, cover, expectSame, QUARTER, rowOf, rows, tiles } from "./tiles.ts";

describe("lines", () => {
  test("take the short way round", () => {
    expect(tiles(line([at(0, 170), at(0, -170)], 0), 3)).toEqual(["0/4", "7/4"]);
    expect(tiles(line([at(0, -170), at(0, 170)], 0), 3)).toEqual(["0/4", "7/4"]);
  });

  test("go on over ±180°", () => {
    expect(tiles(line([at(0, 170), at(0, 190)], 0), 3)).toEqual(["0/4", "7/4"]);
    expect(tiles(line([at(0, 100), at(0, 190), at(0, 280)], 0), 3)).toEqual(["0/4", "1/4", "2/4", "6/4", "7/4"]);
  });

  test("of exactly half the world go the way they are written", () => {
    expect(tiles(line([at(0, 0), at(0, 180)], 0), 2)).toEqual(["0/2", "2/2", "3/2"]);
    expect(tiles(line([at(0, 0), at(0, -180)], 0), 2)).toEqual(["0/2", "1/2", "2/2"]);
  });

  test("a segment's way does not depend on the points before it", () => {
    const way = line([at(0, 225), at(0, 45)], 0);
    expect(tiles(way, 3)).toEqual(["0/4", "1/4", "5/4", "6/4", "7/4"]);
    expect(tiles(line([at(0, 180), at(0, 225), at(0, 45)], 0), 3)).toEqual(tiles(way, 3));
    expect(tiles(line([at(0, -180), at(0, 225), at(0, 45)], 0), 3)).toEqual(tiles(way, 3));
  });

  test("are straight on the map, not great circles", () => {
    // Along the parallel of 60°, row 4 of z4; the great circle would climb to 74°.
    expect(tiles(line([at(60, -60), at(60, 60)], 0), 4)).toEqual(rows(4, 4, 5, 10));
  });

  test("of one point, or one point again and again, are circles", () => {
    const around = circle(at(47.3, 8.5), 20_000);
    expectSame(line([at(47.3, 8.5)], 20_000), around, 12);
    expectSame(line([at(47.3, 8.5), at(47.3, 8.5), at(47.3, 8.5)], 20_000), around, 12);
    expectSame(line([at(47.3, 8.5), at(47.3, 368.5)], 20_000), around, 12);
  });

  test("a duplicate point in the path changes nothing", () => {
    const path = [at(10, 10), at(12, 14), at(9, 20)];
    expectSame(
      line(
        path.flatMap((point) => [point, point]),
        30_000,
      ),
      line(path, 30_000),
      9,
    );
  });

  test("have round ends", () => {
    // 100 km are 0.8993°. Beyond the eastern end at (0°, 0°) of a line from the west, tiles of z9 (0.703°) of the
    // equator are reached at 0.703°, those whose nearest corner is (0.703°, 0.703°), 0.994° away, are not.
    const some = cover(line([at(0, -20), at(0, 0)], 100_000), 9);
    expect(some.has({ z: 9, x: 257, y: 256 })).toBe(true);
    expect(some.has({ z: 9, x: 256, y: 257 })).toBe(true);
    expect(some.has({ z: 9, x: 257, y: 257 })).toBe(false);
    expect(some.has({ z: 9, x: 257, y: 254 })).toBe(false);
    expect(some.has({ z: 9, x: 255, y: 257 })).toBe(true);
  });

  test("keep their width in metres at every latitude", () => {
    // 100 km are 0.8993°.
    const some = cover(line([at(60, 0), at(60, 30)], 100_000), 10);
    const ys = Array.from(some, ({ y }) => y);
    expect([Math.min(...ys), Math.max(...ys)]).toEqual([rowOf(60.89932, 10), rowOf(59.10068, 10)]);
  });

  test("of no radius take the tiles they pass through, corners by the half-open rule", () => {
    const falling = line([at(QUARTER, -90), at(-QUARTER, 90)], 0);
    const rising = line([at(-QUARTER, -90), at(QUARTER, 90)], 0);
    expect(tiles(falling, 1)).toEqual(["0/0", "1/1"]);
    expect(tiles(rising, 1)).toEqual(["1/0", "0/1", "1/1"]);
    expect(tiles(falling, 2)).toEqual(["1/1", "2/2", "3/3"]);
    expect(tiles(rising, 2)).toEqual(["3/1", "2/1", "1/2", "2/2", "1/3"].sort(byRow));
  });

  test("on a tile border belong to the east and south of it", () => {
    expect(tiles(line([at(10, 0), at(-10, 0)], 0), 1)).toEqual(["1/0", "1/1"]);
    expect(tiles(line([at(0, -10), at(0, 10)], 0), 1)).toEqual(["0/1", "1/1"]);
  });

  test("beyond the map are clamped to it", () => {
    expect(tiles(line([at(80, 0), at(89, 0)], 0), 4)).toEqual(["8/0", "8/1"]);
    expect(tiles(line([at(86, 0), at(86, 20)], 200_000), 2)).toEqual(["1/0", "2/0"]);
    expect(tiles(line([at(89, 10), at(-89, 10)], 0), 1)).toEqual(["1/0", "1/1"]);
  });

  test("with a radius larger than the pole's distance reach over the pole", () => {
    // From the map's northern border at 0°, the pole is 550.3 km away, and the border at 180° 1,100.6 km.
    const near = line([at(LIMIT, -1), at(LIMIT, 1)], 1_050_000);
    const over = line([at(LIMIT, -1), at(LIMIT, 1)], 1_110_000);
    expect(tiles(near, 5).filter((key) => key.endsWith("/0")).length).toBeLessThan(32);
    expect(tiles(over, 5).filter((key) => key.endsWith("/0"))).toEqual(rows(0, 0, 0, 31));
  });
});
