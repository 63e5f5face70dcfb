import { mercatorAt } from "../geo/mercator.ts";
import { EARTH_RADIUS_METERS } from "../geo/sphere.ts";
import { worldOutlineOf } from "./outline-of.ts";
import type { Region } from "./region.ts";

/**
 * The area of what a region covers on the map, in square metres on the sphere; what overlaps counts once.
 *
 * Exact for rectangles and polygons, whose edges are straight on the map; within 0.3 % for circles and corridors, which
 * are measured as they are drawn.
 *
 * @throws RegionError if the region is not valid.
 */
export function areaOf(region: Region): number {
  const sum = worldOutlineOf(region).reduce((area, ring) => area + ringArea(ring), 0);
  return sum * EARTH_RADIUS_METERS ** 2;
}

/**
 * The area inside a ring on the unit sphere, ∮ −sin φ dλ (Green's theorem), where sin φ = tanh m and the ordinate m
 * grows evenly with λ along each edge. Taken relative to one point of the ring, small rings lose no digits.
 */
function ringArea(ring: readonly number[]): number {
  const origin = mercatorAt(ring[1] ?? 0);
  let area = 0;
  for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
    const east = 2 * Math.PI * ((ring[i] ?? 0) - (ring[j] ?? 0));
    area -= east * meanSine(mercatorAt(ring[j + 1] ?? 0), mercatorAt(ring[i + 1] ?? 0), origin);
  }
  return area;
}

/** The mean of tanh m − tanh origin between two ordinates: in closed form, and by Simpson's rule where that cancels. */
function meanSine(from: number, to: number, origin: number): number {
  if (Math.abs(to - from) > 0.01) return (logCosh(to) - logCosh(from)) / (to - from) - Math.tanh(origin);
  const sine = (m: number) => Math.sinh(m - origin) / (Math.cosh(m) * Math.cosh(origin));
  return (sine(from) + 4 * sine((from + to) / 2) + sine(to)) / 6;
}

function logCosh(m: number): number {
  return Math.abs(m) + Math.log1p(Math.exp(-2 * Math.abs(m))) - Math.LN2;
}
