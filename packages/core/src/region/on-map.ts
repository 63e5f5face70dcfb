import { RegionError } from "../errors/region-error.ts";
import { MAX_LATITUDE } from "../geo/mercator.ts";
import { angleOf, RADIANS } from "../geo/sphere.ts";

/** Whether anything between two latitudes can be on the map: area must have some of it there, a point may touch. */
function isOnMap(south: number, north: number): boolean {
  if (south === north) return Math.abs(south) <= MAX_LATITUDE;
  return south < MAX_LATITUDE && north > -MAX_LATITUDE;
}

/** Refuses what lies wholly beyond the latitudes where the map ends: not one tile could show it. */
export function assertOnMap(field: string, value: unknown, south: number, north: number): void {
  if (!isOnMap(south, north)) {
    throw new RegionError(field, value, `lies wholly beyond ±${MAX_LATITUDE}°, where the map (Web Mercator) ends.`);
  }
}

/** A radius in degrees of latitude. */
export function reachOf(radiusMeters: number): number {
  return angleOf(radiusMeters) / RADIANS;
}
