import { RADIANS } from "./sphere.ts";

/** Where Web Mercator ends, north and south, in degrees: there the map is a square. */
export const MAX_LATITUDE = 85.0511287798066;

/** The deepest zoom. Columns and rows of all zooms up to it fit into 32-bit integers, with a world to spare. */
export const MAX_ZOOM = 24;

/**
 * World coordinates run from 0 to 1, west to east and north to south, and stand on a grid of 2⁻⁴⁸ (0.14 µm).
 * Rounding of trigonometry is smaller than that, so a bound meant to lie on a tile border lies exactly on it,
 * and scaling to any zoom is exact.
 */
export const GRID = 2 ** 48;

/** What is thinner than this part of the world's width (0.6 µm, four steps of the grid) has no area. */
export const THINNEST = 2 ** -46;

/** The world x of a longitude; beyond ±180° it continues below 0 and above 1. */
export function worldX(lng: number): number {
  return Math.round((0.5 + lng / 360) * GRID) / GRID;
}

/** The world y of a latitude, which is clamped to where the map ends. */
export function worldY(lat: number): number {
  return Math.round(tileY(lat * RADIANS, GRID)) / GRID;
}

/** Whether a latitude in radians lies between where the map ends. */
export function isOnMap(latitude: number): boolean {
  return Math.abs(latitude) < MAX_LATITUDE * RADIANS;
}

/** The row coordinate of any latitude in radians, in a map of so many rows; clamped to where the map ends. */
export function tileY(latitude: number, rows: number): number {
  if (latitude >= MAX_LATITUDE * RADIANS) return 0;
  if (latitude <= -MAX_LATITUDE * RADIANS) return rows;
  return (0.5 - mercatorOf(latitude) / (2 * Math.PI)) * rows;
}

/** The world y of a Mercator ordinate in radians; beyond the map's end it goes on for a world's height, poles included. */
export function worldYOf(mercator: number): number {
  return Math.max(-1, Math.min(2, 0.5 - mercator / (2 * Math.PI)));
}

/** The longitude of a world x, in degrees. */
export function lngOf(x: number): number {
  return (x - 0.5) * 360;
}

/** The latitude of a world y, in degrees. */
export function latOf(y: number): number {
  return latitudeOf(mercatorAt(y)) / RADIANS;
}

/** The Mercator ordinate of a latitude, both in radians: 0 at the equator, π where the map ends. */
export function mercatorOf(latitude: number): number {
  return Math.asinh(Math.tan(latitude));
}

/** The Mercator ordinate of a world y, in radians. */
export function mercatorAt(y: number): number {
  return Math.PI * (1 - 2 * y);
}

/** The latitude of a Mercator ordinate, both in radians. */
export function latitudeOf(mercator: number): number {
  return Math.atan(Math.sinh(mercator));
}
