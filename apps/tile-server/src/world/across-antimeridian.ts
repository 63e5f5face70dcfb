import { ALWAYS, type Path, rangeOf, STRIDE } from "./path.ts";

/**
 * The polygon as often as it touches the map. Its rings may jump from one side of the map to the other, and go around a
 * pole: they are made continuous, so that they reach beyond the map, and come back on its other side.
 */
export function polygonOnMap(rings: readonly Path[]): Path[][] {
  const continuous = rings.map(closeAroundPole);
  // The outline of a polygon with a pole may be its smallest ring, in the middle of it.
  if (rings.length > 1) continuous.sort((a, b) => heightOf(b) - heightOf(a));
  const [outer, ...holes] = continuous;
  if (outer === undefined) return [];
  const middle = middleOf(outer);
  const polygon = [outer, ...holes.map((hole) => shifted(hole, Math.round(middle - middleOf(hole))))];
  return shiftsOntoMap(outer).map((shift) => polygon.map((ring) => shifted(ring, shift)));
}

/** The line as often as it touches the map. */
export function lineOnMap(line: Path): Path[] {
  const continuous = withoutJumps(line);
  return shiftsOntoMap(continuous).map((shift) => shifted(continuous, shift));
}

/** Further out than any tile's buffer. */
const BELOW_THE_MAP = 1.2;
const ABOVE_THE_MAP = -0.2;
/** How much of the map's other side tiles on its edge may show in their buffer. */
const EDGE = 0.04;

function withoutJumps(path: Path): Path {
  let continuous: Path | undefined;
  let shift = 0;
  for (let i = STRIDE; i < path.length; i += STRIDE) {
    const jump = Math.round((path[i] ?? 0) - (path[i - STRIDE] ?? 0));
    if (jump !== 0) continuous ??= path.slice();
    shift -= jump;
    if (continuous !== undefined) continuous[i] = (path[i] ?? 0) + shift;
  }
  return continuous ?? path;
}

/** A ring that ends a whole world from where it began has gone around a pole, which belongs to it. */
function closeAroundPole(ring: Path): Path {
  const path = withoutJumps(ring);
  const [firstX = 0, firstY = 0] = path;
  const lastX = path.at(-STRIDE) ?? 0;
  if (Math.abs(lastX - firstX) < 0.5) return path;
  const edge = firstY > 0.5 ? BELOW_THE_MAP : ABOVE_THE_MAP;
  return Float64Array.from([...path, lastX, edge, ALWAYS, firstX, edge, ALWAYS, firstX, firstY, ALWAYS]);
}

function shiftsOntoMap(path: Path): number[] {
  const [west, east] = rangeOf(path, 0);
  return [-2, -1, 0, 1, 2].filter((shift) => west + shift < 1 + EDGE && east + shift > -EDGE);
}

function shifted(path: Path, shift: number): Path {
  return shift === 0 ? path : path.map((value, i) => (i % STRIDE === 0 ? value + shift : value));
}

function middleOf(path: Path): number {
  const [west, east] = rangeOf(path, 0);
  return (west + east) / 2;
}

function heightOf(path: Path): number {
  const [north, south] = rangeOf(path, 1);
  return south - north;
}
