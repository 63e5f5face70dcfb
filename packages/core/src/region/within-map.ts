import { RegionError } from "../errors/region-error.ts";
import { MAX_LATITUDE } from "../geo/mercator.ts";
import { angleOf, RADIANS } from "../geo/sphere.ts";

/**
 * Refuses what lies wholly beyond the latitudes where the map ends: not one tile could show it.
 * What has area must have some of it on the map; a point or a segment may touch the border.
 */
export function assertWithinMap(field: string, value: unknown, south: number, north: number): void {
  const beyond = south === north ? Math.abs(south) > MAX_LATITUDE : south >= MAX_LATITUDE || north <= -MAX_LATITUDE;
  if (beyond) {
    throw new RegionError(field, value, `lies wholly beyond ±${MAX_LATITUDE}°, where the map (Web Mercator) ends.`);
  }
}

/** The same for all within a radius of what lies between two latitudes. */
export function assertReachesMap(
  field: string,
  value: unknown,
  south: number,
  north: number,
  radiusMeters: number,
): void {
  const reach = angleOf(radiusMeters) / RADIANS;
  assertWithinMap(field, value, south - reach, north + reach);
}
