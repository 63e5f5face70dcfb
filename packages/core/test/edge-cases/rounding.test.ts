import { describe, expect, test } from "vitest";
import {
  areaOf,
  boundsOf,
  coverOf,
  outlineOf,
  polygon,
  type Region,
  RegionError,
  toDownloadable,
} from "../../src/index.ts";
import { at, cover, tiles } from "./tiles.ts";

describe("an edge through a tile's corner does not pull the tile in", () => {
  test("far from where longitudes begin", () => {
    const region = polygon([
      at(84.67351256610523, -180),
      at(42.72549404797849, -51.562500000000426),
      at(42.72549404797849, -180),
    ]);
    const columns = [...cover(region, 8)].filter(({ y }) => y === 93).map(({ x }) => x);
    expect([columns[0], columns.at(-1)]).toEqual([0, 90]);
  });

  test("in the middle of the map", () => {
    const region = polygon([
      at(78.6712347176368, -47.60299269575626),
      at(19.508702315381942, -160.103036059176),
      at(-67.52931286411919, 64.89705066766604),
    ]);
    expect(tiles(region, 3)).not.toContain("0/2");
  });
});

test("a shape walked twice whose edges cross half-way down a row has no inside: it counts as its segments", () => {
  const bow = [at(1, 0), at(-1, 2), at(-1, 0), at(1, 2)];
  const once = cover(polygon(bow), 6);
  const twice = cover(polygon([...bow, ...bow]), 6);
  expect(twice.count).toBeGreaterThan(0);
  expect(twice.difference(once).count).toBeLessThan(once.count);
  // At zoom 12 the inside is many tiles wide, and none of them is left.
  expect(cover(polygon([...bow, ...bow]), 12).count).toBeLessThan(cover(polygon(bow), 12).count / 2);
});

test("data that no constructor has seen is refused at once, wherever it is given", () => {
  const broken = [
    { type: "circle", center: { lat: 51, lng: 0 } },
    { type: "circle", center: { lat: 51, lng: 0 }, radiusMeters: Number.NaN },
    { type: "line", path: [{ lat: Number.NaN, lng: 0 }], radiusMeters: 5 },
    { type: "rectangle", north: Number.NaN, south: 0, east: 1, west: 0 },
    { type: "polygon", outer: [at(0, 0), at(0, 1)] },
  ] as unknown[] as Region[];
  for (const region of broken) {
    for (const use of [outlineOf, areaOf, boundsOf]) expect(() => use(region)).toThrow(RegionError);
    const downloadable = { region, minZoom: 0, maxZoom: 1, source: "test" };
    expect(() => coverOf(downloadable)).toThrow(RegionError);
  }
  expect(() => toDownloadable(polygon([at(0, 0), at(0, 1), at(1, 1)]), undefined as never)).toThrow(
    "minZoom is undefined",
  );
});
