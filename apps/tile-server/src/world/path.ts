import type { Position } from "geojson";

/** A line or ring in world coordinates, x and y by turns: half a million points are too many for objects each. */
export type Path = Float64Array;

export function pathOf(points: readonly Position[]): Path {
  const path = new Float64Array(2 * points.length);
  points.forEach(([x = 0, y = 0], i) => {
    path[2 * i] = x;
    path[2 * i + 1] = y;
  });
  return path;
}

export function pointsOf(path: Path): Position[] {
  return Array.from({ length: path.length / 2 }, (_, i) => [path[2 * i] ?? 0, path[2 * i + 1] ?? 0]);
}

/** The least and greatest x (axis 0) or y (axis 1). */
export function rangeOf(path: Path, axis: 0 | 1): [least: number, greatest: number] {
  let [least, greatest] = [Infinity, -Infinity];
  for (let i = axis; i < path.length; i += 2) {
    const value = path[i] ?? 0;
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  return [least, greatest];
}
