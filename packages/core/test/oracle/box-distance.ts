import { EARTH_RADIUS_METERS, latOf, lngOf, squareOf } from "./grid.ts";

/** A tile's extent on the sphere, in radians. */
export interface Box {
  readonly west: number;
  readonly east: number;
  readonly south: number;
  readonly north: number;
}

export function boxOf(z: number, x: number, y: number): Box {
  const { x0, y0, x1, y1 } = squareOf(z, x, y);
  return { west: radians(lngOf(x0)), east: radians(lngOf(x1)), south: radians(latOf(y1)), north: radians(latOf(y0)) };
}

/**
 * The least great-circle distance in metres from a point (radians) to the closed box; 0 inside.
 *
 * The distance has no critical point on the sphere but its centre and the antipode, so outside it is least on the
 * border. Along a parallel it grows with |Δλ|: least at the box's nearest meridian. Along the meridian at Δλ,
 * cos d = A·cos(φ − φ*) with tan φ* = tan φ₀ / cos Δλ: least at φ*, or else at an end.
 */
export function distanceToBox(lat: number, lng: number, box: Box): number {
  const nearest = nearestMeridian(lng, box);
  const inColumns = nearest === 0;
  if (inColumns && lat >= box.south && lat <= box.north) return 0;
  let least = Math.min(greatCircle(lat, box.south, nearest), greatCircle(lat, box.north, nearest));
  if (inColumns) return least;
  for (const edge of [box.west - lng, box.east - lng]) {
    const foot = Math.atan2(Math.sin(lat), Math.cos(lat) * Math.cos(edge));
    if (foot > box.south && foot < box.north) least = Math.min(least, greatCircle(lat, foot, edge));
  }
  return least;
}

/** |Δλ| to the nearest meridian of the box, 0 within its columns. */
function nearestMeridian(lng: number, { west, east }: Box): number {
  const width = east - west;
  const fromWest = modulo(lng - west, 2 * Math.PI);
  if (fromWest <= width) return 0;
  return Math.min(fromWest - width, 2 * Math.PI - fromWest);
}

/** By chords through the sphere (Kahan): exact to the rounding of its inputs at all distances. */
function greatCircle(latA: number, latB: number, deltaLng: number): number {
  const [ax, az] = [Math.cos(latA), Math.sin(latA)];
  const [bx, by, bz] = [Math.cos(latB) * Math.cos(deltaLng), Math.cos(latB) * Math.sin(deltaLng), Math.sin(latB)];
  return 2 * Math.atan2(Math.hypot(ax - bx, by, az - bz), Math.hypot(ax + bx, by, az + bz)) * EARTH_RADIUS_METERS;
}

export function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}

function modulo(value: number, by: number): number {
  return ((value % by) + by) % by;
}
