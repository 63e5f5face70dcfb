import { describe, expect, test } from "vitest";
import { areaOf, circle, type LatLng, line, multi, polygon, rectangle } from "../src/index.ts";

const R = 6_371_008.8;
const point = (lat: number, lng: number): LatLng => ({ lat, lng });
const radians = (degrees: number) => (degrees * Math.PI) / 180;

/** The part of a sphere between two parallels and two meridians. */
const zone = (south: number, north: number, west: number, east: number) =>
  R * R * radians(east - west) * (Math.sin(radians(north)) - Math.sin(radians(south)));
const cap = (radius: number) => 2 * Math.PI * R * R * (1 - Math.cos(radius / R));

/** How far a value is from another, as a part of that. */
const off = (value: number, truth: number) => Math.abs(value / truth - 1);

describe("exact", () => {
  test("rectangles, however large or small, and across the antimeridian", () => {
    const cases = [
      [-1, 1, -1, 1],
      [-60, 80, -100, 120],
      [51.5, 51.500001, 0, 0.000001],
      [10, 11, 179, 181],
    ] as const;
    for (const [south, north, west, east] of cases) {
      const region = rectangle({ south, north, west, east: east > 180 ? east - 360 : east });
      expect(off(areaOf(region), zone(south, north, west, east))).toBeLessThan(1e-5);
    }
  });

  test("beyond the end of the map nothing counts", () => {
    const limit = 85.0511287798066;
    const world = rectangle({ north: 90, south: -90, east: 180, west: -180 });
    expect(off(areaOf(world), zone(-limit, limit, -180, 180))).toBeLessThan(1e-12);
  });

  test("a polygon's holes are taken off, and either winding is the same", () => {
    const outer = [point(0, 0), point(0, 10), point(10, 10), point(10, 0)];
    const hole = [point(4, 4), point(4, 6), point(6, 6), point(6, 4)];
    const truth = zone(0, 10, 0, 10) - zone(4, 6, 4, 6);
    expect(off(areaOf(polygon(outer, [hole])), truth)).toBeLessThan(1e-12);
    expect(off(areaOf(polygon(outer.toReversed(), [hole])), truth)).toBeLessThan(1e-12);
  });

  test("a triangle, by adding up thin zones under its side", () => {
    // Its slanting side is straight on the map: longitude grows evenly with the Mercator ordinate.
    const mercator = (lat: number) => Math.asinh(Math.tan(radians(lat)));
    const steps = 20_000;
    let truth = 0;
    for (let i = 0; i < steps; i++) {
      const [south, north] = [(60 * i) / steps, (60 * (i + 1)) / steps];
      truth += zone(south, north, 0, 40 * (1 - mercator((south + north) / 2) / mercator(60)));
    }
    expect(off(areaOf(polygon([point(0, 0), point(0, 40), point(60, 0)])), truth)).toBeLessThan(1e-8);
  });
});

describe("within 0.3 %", () => {
  test.each([1, 5_000, 2_000_000])("a circle of %d m", (radius) => {
    expect(off(areaOf(circle(point(20, 30), radius)), cap(radius))).toBeLessThan(0.003);
  });

  test("a corridor along the equator: a strip and two half discs", () => {
    const length = R * radians(3);
    const truth = 2 * R * Math.sin(10_000 / R) * length + cap(10_000);
    expect(off(areaOf(line([point(0, 0), point(0, 3)], 10_000)), truth)).toBeLessThan(0.003);
  });
});

test("what overlaps counts once", () => {
  const disc = circle(point(0, 0), 100_000);
  expect(areaOf(multi([disc, disc]))).toBeCloseTo(areaOf(disc), -3);
  const apart = multi([disc, circle(point(0, 10), 100_000)]);
  expect(off(areaOf(apart), 2 * areaOf(disc))).toBeLessThan(1e-9);
});

test("what has no area has an area of 0", () => {
  expect(areaOf(line([point(0, 0), point(1, 1)], 0))).toBe(0);
});
