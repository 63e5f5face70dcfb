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
  const given = worldRing(points);
  const world = given.slice();
  let size = 2;
  for (let i = 2; i < given.length; i += 2) {
    const step = (given[i] ?? 0) - (given[i - 2] ?? 0);
    const east = step - Math.sign(step) * Math.ceil(Math.abs(step) - 0.5);
    if (east === 0 && given[i + 1] === given[i - 1]) continue;
    world[size] = (world[size - 2] ?? 0) + east;
    world[size + 1] = given[i + 1] ?? 0;
    size += 2;
  }
  return world.slice(0, size);
}
