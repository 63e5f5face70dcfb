import type { Position } from "geojson";

/**
 * A line or ring in one array, as half a million points are too many for objects each: x, y and rank of each point by
 * turns. The rank says how much the point matters: the square of how far the line would move without it.
 */
export type Path = Float64Array;

/** Numbers that a point takes. */
export const STRIDE = 3;

/** The rank of a point that is never left out. */
export const ALWAYS = Infinity;

export function pointsOf(path: Path): Position[] {
  return Array.from({ length: path.length / STRIDE }, (_, i) => [path[STRIDE * i] ?? 0, path[STRIDE * i + 1] ?? 0]);
}

/** The least and greatest x (axis 0) or y (axis 1). */
export function rangeOf(path: Path, axis: 0 | 1): [least: number, greatest: number] {
  let [least, greatest] = [Infinity, -Infinity];
  for (let i = axis; i < path.length; i += STRIDE) {
    const value = path[i] ?? 0;
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  return [least, greatest];
}
