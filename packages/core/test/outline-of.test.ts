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
  return ring.reduce((sum, b, i) => {
    const a = ring.at(i - 1) ?? b;
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

  test("polygons: all but those that a rounded crossing of edges just touches", () => {
    holds(polygons.filter(hasOutline), 200, ({ region, maxZoom }) => {
      const [a, b] = [cover(drawn(region), maxZoom), cover(region, maxZoom)];
      expect(a.difference(b).count + b.difference(a).count).toBeLessThanOrEqual(2);
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

/** Whether a region still has something on the map. */
function isOnMap(region: Region): boolean {
  try {
    cover(region, 0);
    return true;
  } catch {
    return false;
  }
}
