import { describe, expect, test } from "vitest";
import { polygon } from "../../src/index.ts";
import { LIMIT } from "../oracle/grid.ts";
import { at, box, cover, expectSame, QUARTER, rowOf, rows, THREE_EIGHTHS, tiles } from "./tiles.ts";

describe("polygons", () => {
  const ring = [at(40, -10), at(55, 5), at(42, 20), at(30, 4)];

  test("either winding, closed or not", () => {
    const expected = polygon(ring);
    expectSame(polygon(ring.toReversed()), expected, 8);
    expectSame(polygon([...ring, at(40, -10)]), expected, 8);
    expectSame(polygon([...ring.slice(2), ...ring.slice(0, 2)]), expected, 8);
  });

  test("an edge on a tile border does not pull in the neighbour", () => {
    expect(tiles(polygon(box(QUARTER, 0, -90, 0)), 2)).toEqual(["1/1"]);
    expect(tiles(polygon(box(QUARTER, 0, 90, 180)), 2)).toEqual(["3/1"]);
  });

  test("a slanting edge through a tile's corner does not pull that tile in", () => {
    // The hypotenuse runs from (90°, a quarter) to (−90°, three quarters) through the middle of the world.
    const triangle = polygon([at(QUARTER, -90), at(QUARTER, 90), at(-QUARTER, -90)]);
    expect(tiles(triangle, 2)).toEqual(["1/1", "2/1", "1/2"]);
    expect(tiles(triangle, 3)).toEqual([
      ...rows(2, 2, 2, 5),
      ...rows(3, 3, 2, 4),
      ...rows(4, 4, 2, 3),
      ...rows(5, 5, 2, 2),
    ]);
  });

  test("a bow tie is its two triangles", () => {
    const bow = polygon([at(QUARTER, -90), at(-QUARTER, 90), at(QUARTER, 90), at(-QUARTER, -90)]);
    expect(tiles(bow, 3)).toEqual(["2/2", "5/2", ...rows(3, 4, 2, 5), "2/5", "5/5"]);
  });

  test("the middle of a pentagram is outside", () => {
    const points = [0, 2, 4, 1, 3].map((k) =>
      at(30 * Math.cos((k * 2 * Math.PI) / 5), 30 * Math.sin((k * 2 * Math.PI) / 5)),
    );
    const star = cover(polygon(points), 6);
    expect(star.has({ z: 6, x: 32, y: 32 })).toBe(false);
    expect(star.has({ z: 6, x: 32, y: 27 })).toBe(true);
  });

  test("a hole the size of a tile leaves it out, and its parent in", () => {
    const holed = polygon(box(QUARTER, -QUARTER, -90, 90), [box(THREE_EIGHTHS, 0, -45, 0)]);
    expect(tiles(holed, 3)).toEqual(rows(2, 5, 2, 5).filter((key) => key !== "3/3"));
    expect(tiles(holed, 2)).toEqual(rows(1, 2, 1, 2));
  });

  test("a hole's winding does not matter", () => {
    const hole = box(THREE_EIGHTHS, 0, -45, 0);
    const outer = box(QUARTER, -QUARTER, -90, 90);
    expectSame(polygon(outer, [hole.toReversed()]), polygon(outer, [hole]), 6);
  });

  test("a hole on the outer ring's edge cuts it", () => {
    const notched = polygon(box(QUARTER, -QUARTER, -90, 90), [box(QUARTER, 0, -45, 45)]);
    expect(tiles(notched, 3)).toEqual(["2/2", "5/2", "2/3", "5/3", ...rows(4, 5, 2, 5)]);
  });

  test("a hole across the outer ring's edge is inside where that is outside: even-odd", () => {
    const crossed = polygon(box(QUARTER, 0, -90, 0), [box(QUARTER, 0, -45, 45)]);
    expect(tiles(crossed, 3)).toEqual(["2/2", "4/2", "2/3", "4/3"]);
  });

  test("two holes that overlap are inside where they do: even-odd", () => {
    const holes = [box(QUARTER, 0, -90, 45), box(QUARTER, 0, -45, 90)];
    expect(tiles(polygon(box(QUARTER, -QUARTER, -90, 90), holes), 3)).toEqual([
      ...rows(2, 3, 3, 4),
      ...rows(4, 5, 2, 5),
    ]);
  });

  test("a keyhole is a hole", () => {
    const [nw = at(0, 0), ...others] = box(QUARTER, -QUARTER, -90, 90);
    const hole = box(THREE_EIGHTHS, 0, -45, 0);
    const keyhole = polygon([nw, ...others, nw, ...hole, ...hole.slice(0, 1)]);
    expectSame(keyhole, polygon([nw, ...others], [hole]), 6);
  });

  test("rings of no area count as their segments", () => {
    expect(tiles(polygon([at(0, -50), at(0, 10), at(0, 50)]), 3)).toEqual(rows(4, 4, 2, 5));
    expect(tiles(polygon([at(0, 10), at(0, -45), at(0, 45)]), 3)).toEqual(rows(4, 4, 3, 5));
    expect(tiles(polygon([at(QUARTER, -90), at(0, 0), at(-QUARTER, 90)]), 2)).toEqual(["1/1", "2/2", "3/3"]);
  });

  test("a ring walked twice, or filled by its own hole, has no area: its segments count", () => {
    const twice = box(QUARTER, -QUARTER, -90, 90);
    // Closed edges on the borders of tiles: the squares that contain their points reach one to the east and south.
    const frame = rows(2, 6, 2, 6).filter((key) => !rows(3, 5, 3, 5).includes(key));
    expect(tiles(polygon([...twice, ...twice]), 3)).toEqual(frame);
    expect(tiles(polygon(twice, [twice]), 3)).toEqual(frame);
  });

  test("a spike without area selects nothing", () => {
    const square = box(THREE_EIGHTHS, 0, -45, 0);
    const spiked = polygon([...square.slice(0, 2), at(70, 80), ...square.slice(1)]);
    expect(tiles(spiked, 3)).toEqual(["3/3"]);
    expectSame(spiked, polygon(square), 8);
  });

  test("a spike without area across the polygon selects nothing", () => {
    const upright = polygon(box(-QUARTER, -78.63000556774837, -517.5, -405));
    const [nw = at(0, 0), ne = at(0, 0), se = at(0, 0), sw = at(0, 0)] = upright.outer;
    const spiked = polygon([nw, ne, se, at(-QUARTER, -562.5), se, sw]);
    expectSame(spiked, upright, 6);
  });

  test("duplicate points change nothing", () => {
    expectSame(polygon(ring.flatMap((point) => [point, point, point])), polygon(ring), 8);
  });

  test("an island smaller than a tile is one tile at every zoom", () => {
    const island = polygon([at(51.50001, -0.12001), at(51.50002, -0.12), at(51.5, -0.12)]);
    const some = cover(island, 0, 16);
    expect([...some.countByZoom.values()]).toEqual(Array.from({ length: 17 }, () => 1));
    // x = (0.5 − 0.12 / 360)·2^16, y by 0.5 − asinh(tan 51.5°) / 2π.
    expect(some.at(16)).toEqual({ z: 16, x: 32746, y: rowOf(51.50001, 16) });
  });

  test("edges are taken literally: 190° crosses the antimeridian, −170° goes the long way", () => {
    expect(tiles(polygon(box(10, -10, 170, 190)), 3)).toEqual(["0/3", "7/3", "0/4", "7/4"]);
    expect(tiles(polygon(box(10, -10, 170, -170)), 3)).toEqual(rows(3, 4, 0, 7));
    expect(tiles(polygon(box(10, -10, 100, -100)), 3)).toEqual(rows(3, 4, 1, 6));
  });

  test("wider than the world lies on itself, and never takes itself away", () => {
    expect(tiles(polygon(box(10, -10, -300, 300)), 3)).toEqual(rows(3, 4, 0, 7));
    expect(tiles(polygon(box(10, -10, -180, 180)), 3)).toEqual(rows(3, 4, 0, 7));
    expect(tiles(polygon(box(10, -10, -360, 360)), 3)).toEqual(rows(3, 4, 0, 7));
  });

  test("latitudes beyond the projection are clamped to it, point by point", () => {
    expectSame(polygon([at(89, 10), at(60, 40), at(60, -20)]), polygon([at(LIMIT, 10), at(60, 40), at(60, -20)]), 8);
    expect(tiles(polygon(box(90, QUARTER, -90, 0)), 2)).toEqual(["1/0"]);
    expect(tiles(polygon(box(-QUARTER, -90, -90, 0)), 2)).toEqual(["1/3"]);
  });
});
