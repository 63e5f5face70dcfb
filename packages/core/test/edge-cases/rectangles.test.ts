import { describe, expect, test } from "vitest";
import { rectangle } from "../../src/index.ts";
import { LIMIT } from "../oracle/grid.ts";
import { cover, QUARTER, rows, tiles } from "./tiles.ts";

describe("rectangles", () => {
  test("a bound on a tile border does not pull in the neighbour", () => {
    const one = rectangle({ north: QUARTER, south: 0, west: -90, east: 0 });
    expect(tiles(one, 2)).toEqual(["1/1"]);
    expect(tiles(one, 3)).toEqual(["2/2", "3/2", "2/3", "3/3"]);
    expect(cover(one, 20).count).toBe(4 ** 18);
  });

  test("a bound a hair beyond a tile border does pull it in", () => {
    const HAIR = 1e-9;
    const more = rectangle({ north: QUARTER + HAIR, south: -HAIR, west: -90 - HAIR, east: HAIR });
    expect(tiles(more, 2)).toEqual(rows(0, 2, 0, 2));
  });

  test("west > east crosses the antimeridian", () => {
    const written = { north: 10, south: -10 };
    const expected = ["0/3", "7/3", "0/4", "7/4"];
    expect(tiles(rectangle({ ...written, west: 170, east: -170 }), 3)).toEqual(expected);
    expect(tiles(rectangle({ ...written, west: 170, east: 190 }), 3)).toEqual(expected);
    expect(tiles(rectangle({ ...written, west: -190, east: -170 }), 3)).toEqual(expected);
    expect(tiles(rectangle({ ...written, west: 530, east: -530 }), 3)).toEqual(expected);
  });

  test("a bound on the antimeridian does not pull in the other side", () => {
    expect(tiles(rectangle({ north: QUARTER, south: 0, west: 90, east: 180 }), 2)).toEqual(["3/1"]);
    expect(tiles(rectangle({ north: QUARTER, south: 0, west: -180, east: -90 }), 2)).toEqual(["0/1"]);
    expect(tiles(rectangle({ north: QUARTER, south: 0, west: 180, east: -90 }), 2)).toEqual(["0/1"]);
    expect(tiles(rectangle({ north: QUARTER, south: 0, west: 90, east: -180 }), 2)).toEqual(["3/1"]);
  });

  test("a width of 360° or more is the whole world, once", () => {
    for (const [west, east] of [
      [-180, 180],
      [0, 360],
      [-200, 200],
      [-1000, 1000],
    ] as const) {
      expect(tiles(rectangle({ north: 10, south: 5, west, east }), 3)).toEqual(rows(3, 3, 0, 7));
    }
  });

  test("latitudes beyond the projection are clamped to it", () => {
    expect(tiles(rectangle({ north: 90, south: QUARTER, west: -90, east: 0 }), 2)).toEqual(["1/0"]);
    expect(tiles(rectangle({ north: -QUARTER, south: -90, west: -90, east: 0 }), 2)).toEqual(["1/3"]);
    expect(cover(rectangle({ north: 90, south: -90, west: -180, east: 180 }), 5).count).toBe(4 ** 5);
  });

  test("without height it takes the tiles that contain its points, both ends included", () => {
    const flat = (west: number, east: number) => rectangle({ north: 0, south: 0, west, east });
    expect(tiles(flat(-10, 10), 1)).toEqual(["0/1", "1/1"]);
    expect(tiles(flat(-90, 0), 2)).toEqual(["1/2", "2/2"]);
    expect(tiles(flat(90, 180), 2)).toEqual(["0/2", "3/2"]);
  });

  test("without width it takes the tiles that contain its points, both ends included", () => {
    expect(tiles(rectangle({ north: QUARTER, south: 0, west: 0, east: 0 }), 2)).toEqual(["2/1", "2/2"]);
    expect(tiles(rectangle({ north: 10, south: -10, west: 180, east: -180 }), 3)).toEqual(["0/3", "0/4"]);
    expect(tiles(rectangle({ north: 10, south: -10, west: 180, east: 180 }), 3)).toEqual(["0/3", "0/4"]);
  });

  test("a point on a corner of four tiles is in the south-eastern one", () => {
    const point = rectangle({ north: 0, south: 0, west: 0, east: 0 });
    expect(tiles(point, 1)).toEqual(["1/1"]);
    expect(tiles(point, 24)).toEqual([`${2 ** 23}/${2 ** 23}`]);
  });

  test("the southern clamp belongs to the last row, the northern to the first", () => {
    for (const z of [0, 1, 5, 24]) {
      expect(tiles(rectangle({ north: -LIMIT, south: -LIMIT, west: 0, east: 0 }), z)).toEqual([
        `${Math.floor(2 ** z / 2)}/${2 ** z - 1}`,
      ]);
      expect(tiles(rectangle({ north: LIMIT, south: LIMIT, west: 0, east: 0 }), z)).toEqual([
        `${Math.floor(2 ** z / 2)}/0`,
      ]);
    }
  });

  test("z24 reaches the last column, beyond what 1 << z and packed ids hold", () => {
    const corner = rectangle({ north: 1e-7, south: -1e-7, west: 179.9999999, east: 180 });
    expect(tiles(corner, 24)).toEqual([`${2 ** 24 - 1}/${2 ** 23 - 1}`, `${2 ** 24 - 1}/${2 ** 23}`]);
    expect(cover(corner, 20, 24).count).toBe(10);
  });
});
