import type { Position } from "geojson";
import { expect, test } from "vitest";
import {
  type Cover,
  circle,
  coverOf,
  type DownloadableRegion,
  fromGeoJSON,
  line,
  polygon,
  type Region,
  rectangle,
  toDownloadable,
} from "../src/index.ts";
import { countryOf } from "./countries.ts";
import { EARTH_RADIUS_METERS, gridPoint, latOf, WORLD } from "./oracle/grid.ts";

function cover(region: Region, minZoom: number, maxZoom: number, range?: { start?: number; end?: number }): Cover {
  const downloadable: DownloadableRegion = toDownloadable(region, { minZoom, maxZoom, source: "test", ...range });
  return coverOf(downloadable);
}

const square = rectangle({ north: 1, south: -1, east: 1, west: -1 });

test.each([
  { range: {}, count: 179_196 },
  { range: { start: 10 }, count: 179_187 },
  { range: { end: 100 }, count: 100 },
  { range: { start: 10, end: 100 }, count: 91 },
])("the rectangle (−1, −1)…(1, 1), z1–16, has $count tiles with $range", ({ range, count }) => {
  const some = cover(square, 1, 16, range);
  expect(some.count).toBe(count);
  expect(lengthOf(some)).toBe(count);
});

test("a jagged polygon of six points, z1–17, has 15,963 tiles, and 730,800 at z20", () => {
  const region = polygon([
    { lat: 51.45818683312154, lng: -0.9674646220840917 },
    { lat: 51.55859639937614, lng: -0.9185366064186982 },
    { lat: 51.476641197796724, lng: -0.7494743298246318 },
    { lat: 51.56029831737391, lng: -0.5322770067805148 },
    { lat: 51.235701626195365, lng: -0.5746290119276093 },
    { lat: 51.38781341753136, lng: -0.6779891095601829 },
  ]);
  expect(cover(region, 1, 17).count).toBe(15_963);
  expect(cover(region, 20, 20).count).toBe(730_800);
});

test("the same square as a polygon, z1–17, has 712,096 tiles", () => {
  const corners = [
    { lat: -1, lng: -1 },
    { lat: 1, lng: -1 },
    { lat: 1, lng: 1 },
    { lat: -1, lng: 1 },
  ];
  const some = cover(polygon(corners), 1, 17);
  expect(some.count).toBe(712_096);
  expect(lengthOf(some)).toBe(712_096);
  expect(some.difference(cover(square, 1, 17)).count).toBe(0);
});

test("a line of 5 km through (−1, −1), (1, 1), (1, −1), z1–15, has 5,920 tiles", () => {
  const path = [
    { lat: -1, lng: -1 },
    { lat: 1, lng: 1 },
    { lat: 1, lng: -1 },
  ];
  const some = cover(line(path, 5_000), 1, 15);
  expect(some.count).toBe(5_920);
  expect(lengthOf(some)).toBe(5_920);
});

test("a circle of 200 km around (0, 0), z1–15, has 113,608 tiles", () => {
  const some = cover(circle({ lat: 0, lng: 0 }, 200_000), 1, 15);
  expect(some.count).toBe(113_608);
  expect(lengthOf(some)).toBe(113_608);
});

test("the whole world at z24 has 4^24 tiles, and (4^25 − 1) / 3 from z0 on", () => {
  const world = rectangle({ north: 90, south: -90, east: 180, west: -180 });
  const deepest = cover(world, 24, 24);
  expect(deepest.count).toBe(4 ** 24);
  expect(deepest.at(4 ** 24 - 1)).toEqual({ z: 24, x: 2 ** 24 - 1, y: 2 ** 24 - 1 });
  expect(deepest.indexOf({ z: 24, x: 5, y: 7 })).toBe(7 * 2 ** 24 + 5);
  const all = cover(world, 0, 24);
  expect(all.count).toBe(375_299_968_947_541);
  expect(all.at(1 + 4 + 16)).toEqual({ z: 3, x: 0, y: 0 });
  expect(all.slice(all.count, all.count).at(0)).toEqual({ z: 24, x: 2 ** 24 - 1, y: 2 ** 24 - 1 });
  expect([...all.blocks(24)]).toEqual([{ z: 24, y0: 0, y1: 2 ** 24, x0: 0, x1: 2 ** 24 }]);
});

test("a circle of 5,000 km, z0–22, has its area's worth of tiles and at most its border's more", () => {
  const center = { lat: 20, lng: 10 };
  const some = cover(circle(center, 5_000_000), 0, 22);
  const { area, border } = discOnMap(center.lat, 5_000_000);
  for (const z of [5, 10, 15, 20, 22]) expectBetween(some, z, area, border);
  expect(sumOf(some.countByZoom.values())).toBe(some.count);
});

test("Norway, z0–20, has its area's worth of tiles and at most its border's more", () => {
  const norway = countryOf("Norway");
  const some = cover(fromGeoJSON(norway), 0, 20);
  const edges = norway.coordinates.map((part) => part.map((ring) => ring.map(cornerOf)));
  let [area, width, corners] = [0, 0, 0];
  for (const part of edges) {
    for (const [i, ring] of part.entries()) {
      area += Math.abs(shoelace(ring)) * (i === 0 ? 1 : -1);
      width += stepsOf(ring).reduce((sum, { a, b }) => sum + Math.abs(a.x - b.x) + Math.abs(a.y - b.y), 0);
      corners += ring.length;
    }
  }
  // An edge enters one more tile for every grid line it crosses, and starts in one.
  for (const z of [3, 8, 12, 16, 20]) expectBetween(some, z, area, (tiles) => width * tiles + 3 * corners);
  expect(sumOf(some.countByZoom.values())).toBe(some.count);
});

function cornerOf([lng = Number.NaN, lat = Number.NaN]: Position): { x: number; y: number } {
  const { x, y } = gridPoint({ lat, lng });
  return { x: x / WORLD, y: y / WORLD };
}

/** The number of tiles is at least the area, and beyond that no more than the border can cut. Blocks tell the same. */
function expectBetween(some: Cover, z: number, area: number, border: (tilesAcross: number) => number): void {
  const count = some.countByZoom.get(z) ?? 0;
  expect(count).toBeGreaterThanOrEqual(area * 4 ** z * (1 - 1e-6));
  expect(count).toBeLessThanOrEqual(area * 4 ** z * (1 + 1e-6) + border(2 ** z));
  let inBlocks = 0;
  for (const { y0, y1, x0, x1 } of some.blocks(z)) inBlocks += (y1 - y0) * (x1 - x0);
  expect(inBlocks).toBe(count);
}

/** Area on the unit map by the midpoint rule over latitudes, and the tiles a border can cut that turns back but once. */
function discOnMap(lat: number, radiusMeters: number): { area: number; border: (tilesAcross: number) => number } {
  const STEPS = 200_000;
  const rad = Math.PI / 180;
  let [area, widest, rows] = [0, 0, 0];
  for (let i = 0; i < STEPS; i++) {
    const phi = latOf(((i + 0.5) / STEPS) * WORLD) * rad;
    const cosine =
      (Math.cos(radiusMeters / EARTH_RADIUS_METERS) - Math.sin(phi) * Math.sin(lat * rad)) /
      (Math.cos(phi) * Math.cos(lat * rad));
    if (cosine >= 1) continue;
    const width = Math.acos(Math.max(-1, cosine)) / Math.PI;
    area += width / STEPS;
    widest = Math.max(widest, width);
    rows++;
  }
  return { area, border: (tilesAcross) => 2 * (widest + rows / STEPS) * tilesAcross + 8 };
}

function stepsOf<T>(ring: readonly T[]): { a: T; b: T }[] {
  return ring.slice(1).map((b, i) => ({ a: ring[i] ?? b, b }));
}

function shoelace(ring: readonly { x: number; y: number }[]): number {
  return stepsOf(ring).reduce((sum, { a, b }) => sum + (a.x * b.y - b.x * a.y) / 2, 0);
}

function sumOf(counts: Iterable<number>): number {
  return [...counts].reduce((sum, count) => sum + count, 0);
}

function lengthOf(some: Cover): number {
  let length = 0;
  for (const _ of some) length++;
  return length;
}
