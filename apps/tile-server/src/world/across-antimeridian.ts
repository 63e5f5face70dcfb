import type { Position } from "geojson";

/**
 * The polygon as often as it touches the map. Its rings may jump from one side of the map to the other, and go around a
 * pole: they are made continuous, so that they reach beyond the map, and come back on its other side.
 */
export function polygonOnMap(rings: readonly Position[][]): Position[][][] {
  const continuous = rings.map(closeAroundPole);
  // The outline of a polygon with a pole may be its smallest ring, in the middle of it.
  if (rings.length > 1) continuous.sort((a, b) => heightOf(b) - heightOf(a));
  const [outer, ...holes] = continuous;
  if (outer === undefined) return [];
  const [west, east] = rangeOf(outer, 0);
  const middle = (west + east) / 2;
  const polygon = [outer, ...holes.map((hole) => shifted(hole, Math.round(middle - middleOf(hole))))];
  return shiftsOntoMap(west, east).map((shift) => polygon.map((ring) => shifted(ring, shift)));
}

/** The line as often as it touches the map. */
export function lineOnMap(line: readonly Position[]): Position[][] {
  const continuous = withoutJumps(line);
  const [west, east] = rangeOf(continuous, 0);
  return shiftsOntoMap(west, east).map((shift) => shifted(continuous, shift));
}

/** Further out than any tile's buffer. */
const BELOW_THE_MAP = 1.2;
const ABOVE_THE_MAP = -0.2;
/** How much of the map's other side tiles on its edge may show in their buffer. */
const EDGE = 0.04;

function withoutJumps(points: readonly Position[]): readonly Position[] {
  const jumps = ([x = 0]: Position, i: number) => i > 0 && Math.abs(x - (points[i - 1]?.[0] ?? 0)) > 0.5;
  if (!points.some(jumps)) return points;
  let shift = 0;
  let previousX = points[0]?.[0] ?? 0;
  return points.map(([x = 0, y = 0]) => {
    shift -= Math.round(x - previousX);
    previousX = x;
    return [x + shift, y];
  });
}

/** A ring that ends a whole world from where it began has gone around a pole, which belongs to it. */
function closeAroundPole(ring: readonly Position[]): readonly Position[] {
  const points = withoutJumps(ring);
  const [firstX = 0, firstY = 0] = points[0] ?? [];
  const [lastX = 0] = points.at(-1) ?? [];
  if (Math.abs(lastX - firstX) < 0.5) return points;
  const edge = firstY > 0.5 ? BELOW_THE_MAP : ABOVE_THE_MAP;
  return [...points, [lastX, edge], [firstX, edge], [firstX, firstY]];
}

function shiftsOntoMap(west: number, east: number): number[] {
  return [-2, -1, 0, 1, 2].filter((shift) => west + shift < 1 + EDGE && east + shift > -EDGE);
}

function shifted(points: readonly Position[], shift: number): Position[] {
  return shift === 0 ? [...points] : points.map(([x = 0, y = 0]) => [x + shift, y]);
}

function middleOf(points: readonly Position[]): number {
  const [west, east] = rangeOf(points, 0);
  return (west + east) / 2;
}

function heightOf(points: readonly Position[]): number {
  const [north, south] = rangeOf(points, 1);
  return south - north;
}

function rangeOf(points: readonly Position[], axis: 0 | 1): [least: number, greatest: number] {
  let [least, greatest] = [Infinity, -Infinity];
  for (const point of points) {
    const value = point[axis] ?? 0;
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  return [least, greatest];
}
