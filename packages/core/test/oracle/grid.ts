/**
 * The integer grid on which borders are compared: 2^48 steps a world in both Mercator axes, from the north-west.
 * Coordinates are whole numbers below 2^53, so plain numbers hold them exactly; products of two need BigInt.
 */
export const WORLD = 2 ** 48;

/** The latitude at which the Mercator square ends, in degrees. */
export const LIMIT = 85.0511287798066;

export const EARTH_RADIUS_METERS = 6_371_008.8;

export interface GridPoint {
  readonly x: number;
  readonly y: number;
  /** Steps by which another way to compute the same may round to another place: 1 near the middle between two steps. */
  readonly blur?: { readonly x: 0 | 1; readonly y: 0 | 1 };
}

export interface Square {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

/** `lng` is taken literally: 190° lies in the next world to the east. */
export function gridX(lng: number): number {
  return Math.round(exactX(lng));
}

/** Latitudes beyond the projection are clamped to it. */
export function gridY(lat: number): number {
  return Math.round(exactY(lat));
}

export function gridPoint({ lat, lng }: { readonly lat: number; readonly lng: number }): GridPoint {
  return { x: gridX(lng), y: gridY(lat), blur: { x: blurOf(exactX(lng)), y: blurOf(exactY(lat)) } };
}

function blurOf(steps: number): 0 | 1 {
  return Math.abs(steps - Math.round(steps)) > 0.3 ? 1 : 0;
}

function exactX(lng: number): number {
  return (lng / 360 + 0.5) * WORLD;
}

function exactY(lat: number): number {
  const y = 0.5 - Math.atanh(Math.tan((lat * Math.PI) / 360)) / Math.PI;
  return Math.min(WORLD, Math.max(0, y * WORLD));
}

export function lngOf(x: number): number {
  return (x / WORLD - 0.5) * 360;
}

export function latOf(y: number): number {
  return (Math.atan(Math.tanh(Math.PI * (0.5 - y / WORLD))) * 360) / Math.PI;
}

export function squareOf(z: number, x: number, y: number): Square {
  const size = WORLD / 2 ** z;
  return { x0: x * size, y0: y * size, x1: (x + 1) * size, y1: (y + 1) * size };
}

/** The square's copies in all the worlds that longitudes from `west` to `east` (grid units) reach. */
export function copiesOf(square: Square, west: number, east: number): Square[] {
  const copies: Square[] = [];
  for (let world = Math.floor(west / WORLD); world <= Math.floor(east / WORLD); world++) {
    copies.push({ ...square, x0: square.x0 + world * WORLD, x1: square.x1 + world * WORLD });
  }
  return copies;
}
