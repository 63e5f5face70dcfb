import { worldX, worldY } from "../geo/mercator.ts";
import type { LatLng } from "./region.ts";

/** Points as world coordinates, [x, y, x, y, …], with longitudes taken literally. */
export function worldRing(points: readonly LatLng[]): Float64Array {
  const world = new Float64Array(2 * points.length);
  points.forEach(({ lat, lng }, i) => {
    world[2 * i] = worldX(lng);
    world[2 * i + 1] = worldY(lat);
  });
  return world;
}

/**
 * A path as world coordinates whose segments take the short way round: x continues below 0 and above 1.
 * Just half-way round, a segment runs as written. Points that repeat the one before are left out.
 */
export function worldPath(points: readonly LatLng[]): Float64Array {
  const ring = worldRing(points);
  const world = ring.slice();
  let size = 2;
  for (let i = 2; i < ring.length; i += 2) {
    const x = world[size - 2] as number;
    const y = world[size - 1] as number;
    const step = (ring[i] as number) - x;
    const east = step - Math.sign(step) * Math.ceil(Math.abs(step) - 0.5);
    if (east === 0 && ring[i + 1] === y) continue;
    world[size++] = x + east;
    world[size++] = ring[i + 1] as number;
  }
  return world.slice(0, size);
}
