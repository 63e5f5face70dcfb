import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  areaOf,
  boundsOf,
  circle,
  coverOf,
  type LatLng,
  line,
  multi,
  polygon,
  type Region,
  rectangle,
  toDownloadable,
} from "../src/index.ts";
import { circles, lines, rectangles } from "./arbitrary/regions.ts";
import { holds } from "./property.ts";

const point = (lat: number, lng: number): LatLng => ({ lat, lng });
const cover = (region: Region, zoom: number) =>
  coverOf(toDownloadable(region, { minZoom: zoom, maxZoom: zoom, source: "test" }));

/** The northernmost and southernmost row of a region, and its westernmost and easternmost column within its bounds. */
function extremes(region: Region, zoom: number) {
  const rows = new Set<number>();
  const columns = new Set<number>();
  cover(region, zoom).forEachSpan((_, y, x0, x1) => {
    rows.add(y);
    for (let x = x0; x < x1; x++) columns.add(x);
  });
  return { rows, columns };
}

test("bounds have the region's outermost rows and columns, and no others beyond", () => {
  const withArea = fc.oneof(rectangles, circles, lines).filter(({ region }) => areaOf(region) > 0);
  holds(withArea, 400, ({ region, maxZoom }) => {
    const zoom = Math.min(maxZoom, 12);
    const ours = extremes(region, zoom);
    const bounds = boundsOf(region);
    const theirs = extremes(rectangle(bounds), zoom);
    expect(Math.min(...ours.rows)).toBe(Math.min(...theirs.rows));
    expect(Math.max(...ours.rows)).toBe(Math.max(...theirs.rows));
    expect([...ours.columns].filter((x) => !theirs.columns.has(x))).toEqual([]);
    expect(ends(theirs.columns, 2 ** zoom).filter((x) => !ours.columns.has(x))).toEqual([]);
  });
});

/** The first and the last column of a run that may go on over the antimeridian; none if it goes all the way round. */
function ends(columns: ReadonlySet<number>, world: number): number[] {
  const isIn = (x: number) => columns.has((x + world) % world);
  return [...columns].filter((x) => !isIn(x - 1) || !isIn(x + 1));
}

describe("exact bounds", () => {
  test("degrees that were given come back as they are", () => {
    const given = { north: 51.7, south: 51.3, east: 0.3, west: -0.1 };
    expect(boundsOf(rectangle(given))).toEqual(given);
    expect(boundsOf(polygon([point(51.3, -0.1), point(51.7, 0.3), point(51.3, 0.3)]))).toEqual(given);
  });

  test("a circle reaches as far as its radius, and farther in longitude the nearer a pole is", () => {
    const bounds = boundsOf(circle(point(60, 10), 100_000));
    const delta = 100_000 / 6_371_008.8;
    const wide = (Math.asin(Math.sin(delta) / Math.cos(Math.PI / 3)) * 180) / Math.PI;
    expect(bounds.north).toBeCloseTo(60 + (delta * 180) / Math.PI, 10);
    expect(bounds.south).toBeCloseTo(60 - (delta * 180) / Math.PI, 10);
    expect(bounds.east).toBeCloseTo(10 + wide, 10);
    expect(bounds.west).toBeCloseTo(10 - wide, 10);
  });

  test("over the antimeridian where that is shorter: west is then greater than east", () => {
    const islands = multi([circle(point(-17, 178), 1_000), circle(point(-17, -179), 1_000)]);
    const { west, east } = boundsOf(islands);
    expect([Math.round(west), Math.round(east)]).toEqual([178, -179]);
  });

  test("a circle with a pole in it goes all the way round, and ends where the map does", () => {
    const bounds = boundsOf(circle(point(89, 0), 1_000_000));
    expect(bounds).toMatchObject({ west: -180, east: 180, north: 85.0511287798066 });
  });

  test("what lies beyond the end of the map does not count", () => {
    // All the way round the pole, but what is left of it on the map is a small segment.
    const { west, east } = boundsOf(circle(point(89, 0), 500_000));
    expect(east).toBeLessThan(60);
    expect(west).toBe(-east);
  });

  test("a corridor on a slant reaches beyond the discs at its ends", () => {
    const path = [point(80, 0), point(70, 20)];
    const radius = 800_000;
    const west = Math.min(...path.map((end) => boundsOf(circle(end, radius)).west));
    expect(boundsOf(line(path, radius)).west).toBeLessThanOrEqual(west);
  });
});
