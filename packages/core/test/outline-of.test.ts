import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Cover,
  circle,
  coverOf,
  type LatLng,
  line,
  multi,
  outlineOf,
  polygon,
  type Region,
  rectangle,
  toDownloadable,
} from "../src/index.ts";
import { circles, lines, multis, polygons, rectangles, regions } from "./arbitrary/regions.ts";
import { holds } from "./property.ts";

const point = (lat: number, lng: number): LatLng => ({ lat, lng });
const cover = (region: Region, zoom: number) =>
  coverOf(toDownloadable(region, { minZoom: zoom, maxZoom: zoom, source: "test" }));

/** The outline as a region again. */
const drawn = (region: Region): Region =>
  multi(outlineOf(region).map(([outer = [], ...holes]) => polygon(outer, holes)));

const hasOutline = ({ region }: { region: Region }) => outlineOf(region).length > 0;

/** Twice the area in degrees, positive where a ring runs counter-clockwise. */
function winding(ring: readonly LatLng[]): number {
  // Relative to one of its points: a ring of millimetres at 180° would drown in rounding.
  const [origin = { lat: 0, lng: 0 }] = ring;
  const points = ring.map(({ lat, lng }) => ({ lat: lat - origin.lat, lng: lng - origin.lng }));
  return points.reduce((sum, b, i) => {
    const a = points.at(i - 1) ?? b;
    return sum + (a.lng * b.lat - b.lng * a.lat);
  }, 0);
}

/** A region whose circles and corridors have another radius. */
function scaled(region: Region, factor: number): Region {
  if (region.type === "circle") return circle(region.center, region.radiusMeters * factor);
  if (region.type === "line") return line(region.path, region.radiusMeters * factor);
  return region;
}

const isWithin = (inner: Cover, outer: Cover) => inner.difference(outer).count === 0;

describe("an outline has the tiles of what it is drawn around", () => {
  test("rectangles: all of them", () => {
    holds(rectangles.filter(hasOutline), 200, ({ region, maxZoom }) => {
      const [a, b] = [cover(drawn(region), maxZoom), cover(region, maxZoom)];
      expect([a.difference(b).count, b.difference(a).count]).toEqual([0, 0]);
    });
  });

  test("polygons: all but a few that an edge just touches", () => {
    holds(polygons.filter(hasOutline), 200, ({ region, maxZoom }) => {
      const [a, b] = [cover(drawn(region), maxZoom), cover(region, maxZoom)];
      // Where edges cross, both halves of each may lie a step of the grid aside, and no longer run through a corner.
      const corners = outlineOf(region).flat(2).length;
      expect(a.difference(b).count + b.difference(a).count).toBeLessThanOrEqual(corners);
    });
  });

  test("circles and corridors: at least those of a radius 0.5 % less, at most those of one a little larger", () => {
    holds(fc.oneof(circles, lines).filter(hasOutline), 200, ({ region, maxZoom }) => {
      const tiles = cover(drawn(region), maxZoom);
      expect(isWithin(tiles, cover(scaled(region, 1.001), maxZoom))).toBe(true);
      if (isOnMap(scaled(region, 0.995))) expect(isWithin(cover(scaled(region, 0.995), maxZoom), tiles)).toBe(true);
    });
  });
});

test("rings are not closed, lie on the map, and run counter-clockwise where they are outer ones", () => {
  holds(fc.oneof(regions, multis), 300, ({ region }) => {
    for (const [outer = [], ...holes] of outlineOf(region)) {
      expect(winding(outer)).toBeGreaterThan(0);
      for (const hole of holes) expect(winding(hole)).toBeLessThan(0);
      for (const ring of [outer, ...holes]) {
        expect(ring.length).toBeGreaterThanOrEqual(3);
        expect(ring[0]).not.toEqual(ring.at(-1));
        expect(ring.every(({ lat, lng }) => Math.abs(lat) <= 85.0511287798067 && Math.abs(lng) <= 180)).toBe(true);
      }
    }
  });
});

describe("the shape of an outline", () => {
  const shape = (region: Region) => outlineOf(region).map((rings) => rings.length);

  test("a bow tie is two triangles", () => {
    const triangles = outlineOf(polygon([point(0, 0), point(1, 1), point(1, 0), point(0, 1)]));
    expect(triangles.map((rings) => rings.map((ring) => ring.length))).toEqual([[3], [3]]);
  });

  test("a corridor around a loop has a hole, and one around a loop that it fills has none", () => {
    const loop = [point(0, 0), point(0, 1), point(1, 1), point(1, 0), point(0, 0)];
    expect(shape(line(loop, 5_000))).toEqual([2]);
    expect(shape(line(loop, 80_000))).toEqual([1]);
  });

  test("what crosses the antimeridian is cut in two there", () => {
    expect(shape(rectangle({ north: 1, south: 0, east: -179, west: 179 }))).toEqual([1, 1]);
    expect(shape(circle(point(0, 179.9), 50_000))).toEqual([1, 1]);
    expect(shape(line([point(0, 179), point(0, -179)], 1_000))).toEqual([1, 1]);
    expect(shape(polygon([point(0, 170), point(0, 190), point(10, 180)]))).toEqual([1, 1]);
  });

  test("a circle around a pole reaches across the whole map to its end", () => {
    const [[ring = []] = []] = outlineOf(circle(point(90, 0), 1_000_000));
    const south = 90 - ((1_000_000 / 6_371_008.8) * 180) / Math.PI;
    expect(Math.min(...ring.map(({ lat }) => lat))).toBeCloseTo(south, 9);
    expect(Math.max(...ring.map(({ lat }) => lat))).toBeCloseTo(85.0511287798066, 9);
    expect(new Set(ring.map(({ lng }) => Math.abs(lng)))).toEqual(new Set([180]));
  });

  test("parts of a multi region that overlap become one, and others stay apart", () => {
    const near = multi([circle(point(0, 0), 50_000), circle(point(0, 0.5), 50_000)]);
    const far = multi([circle(point(0, 0), 50_000), circle(point(0, 5), 50_000)]);
    expect([shape(near), shape(far)]).toEqual([[1], [1, 1]]);
  });

  test("a hole belongs to the part around it", () => {
    const square = (lat: number, lng: number, size: number) => [
      point(lat, lng),
      point(lat, lng + size),
      point(lat + size, lng + size),
      point(lat + size, lng),
    ];
    const parts = multi([polygon(square(0, 0, 9)), polygon(square(0, 20, 9), [square(3, 23, 3)])]);
    expect(
      outlineOf(parts)
        .map((rings) => [rings.length, Math.floor((rings[0]?.[0]?.lng ?? 0) / 10)])
        .sort(),
    ).toEqual([
      [1, 0],
      [2, 2],
    ]);
  });

  test("what has no area has no outline", () => {
    const flat = [
      circle(point(1, 1), 0),
      line([point(0, 0), point(1, 1)], 0),
      polygon([point(0, 0), point(0, 1), point(0, 2)]),
    ];
    expect(flat.map(outlineOf)).toEqual([[], [], []]);
    expect(outlineOf(rectangle({ north: 1, south: 0, east: 5, west: 5 }))).toEqual([]);
  });
});

/** Whether a region still has something on the map. */
function isOnMap(region: Region): boolean {
  try {
    cover(region, 0);
    return true;
  } catch {
    return false;
  }
}
