import { describe, expect, test } from "vitest";
import { circle, line, multi, polygon, rectangle } from "../../src/index.ts";
import { at, box, expectSame, QUARTER, rows, tiles } from "./tiles.ts";

describe("multis", () => {
  test("take what their parts share once", () => {
    const left = rectangle({ north: QUARTER, south: 0, west: -90, east: 0 });
    const right = rectangle({ north: QUARTER, south: 0, west: -45, east: 45 });
    expect(tiles(multi([left, right]), 3)).toEqual(rows(2, 3, 2, 4));
    expect(tiles(multi([right, left, right]), 3)).toEqual(rows(2, 3, 2, 4));
  });

  test("may be nested, and mix shapes on both sides of the antimeridian", () => {
    const nested = multi([
      multi([multi([circle(at(0, 180), 200_000)])]),
      line([at(0, 170), at(0, 179)], 0),
      polygon(box(10, 5, 130, 140)),
    ]);
    expect(tiles(nested, 3)).toEqual(["0/3", "6/3", "7/3", "0/4", "7/4"]);
  });

  test("of polygons that share an edge take each tile once and leave no gap", () => {
    const halves = multi([polygon(box(50, 40, 0, 10.123)), polygon(box(50, 40, 10.123, 20))]);
    expectSame(halves, polygon(box(50, 40, 0, 20)), 10);
  });
});
