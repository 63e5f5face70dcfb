import { isOnMap, latitudeOf, mercatorAt, tileY } from "./mercator.ts";
import type { VisitRow } from "./row-extents.ts";

/**
 * Visits the rows of a disc on the sphere, north to south, each with its greatest extent.
 *
 * On the parallel φ, a disc of angular radius δ around (φ₀, λ₀) reaches |λ − λ₀| ≤ w with
 * sin² (w/2) = sin ((δ + φ − φ₀)/2) · sin ((δ − φ + φ₀)/2) / (cos φ · cos φ₀): the haversine formula, which stays exact
 * where the cosine rule cancels out. w is greatest where a meridian touches the disc, at sin φ* = sin φ₀ / cos δ with
 * sin w* = sin δ / cos φ₀; a disc that contains a pole has no such place, and there w grows towards the pole.
 * So the greatest w of a row is that of its northern or of its southern border, or w*.
 */
export function forEachDiscRow(x: number, latitude: number, angle: number, z: number, visit: VisitRow): void {
  const rows = 2 ** z;
  const first = Math.floor(tileY(latitude + angle, rows));
  const last = Math.ceil(tileY(latitude - angle, rows)) - 1;
  const cosine = Math.cos(latitude);
  const sinTouch = Math.sin(latitude) / Math.cos(angle);
  const touches = Math.sin(angle) < cosine && Math.cos(angle) > 0 && isOnMap(Math.asin(sinTouch));
  const touchedRow = touches ? Math.floor(tileY(Math.asin(sinTouch), rows)) : -1;
  const touchedWidth = touches ? Math.asin(Math.sin(angle) / cosine) : 0;

  let above = halfWidth(first);
  for (let row = first; row <= last; row++) {
    const below = halfWidth(row + 1);
    const width = Math.max(above, below, row === touchedRow ? touchedWidth : 0);
    const reach = (width / (2 * Math.PI)) * rows;
    visit(row, x * rows - reach, x * rows + reach);
    above = below;
  }

  /** w where the row begins, in radians. */
  function halfWidth(row: number): number {
    const parallel = latitudeOf(mercatorAt(row / rows));
    const away = parallel - latitude;
    const square = (Math.sin((angle + away) / 2) * Math.sin((angle - away) / 2)) / (Math.cos(parallel) * cosine);
    return square <= 0 ? 0 : square >= 1 ? Math.PI : 2 * Math.asin(Math.sqrt(square));
  }
}
