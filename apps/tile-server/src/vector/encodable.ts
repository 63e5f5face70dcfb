import { type Path, STRIDE } from "../world/path.ts";
import type { TileFeature } from "../world/slice.ts";

type Point = [x: number, y: number];

/** A feature's lines or rings in whole units, as vector tiles have them. Empty: nothing is left of it. */
export function encodable({ type, paths }: TileFeature): Point[][] {
  if (type === "line") return paths.map(wholeUnits).filter(({ length }) => length > 1);
  const [outline, ...holes] = paths.map((path) => wholeUnits(path));
  if (outline === undefined || areaOf(outline) === 0) return [];
  // Outlines go clockwise on the screen, holes the other way (Mapbox Vector Tile Specification 2.1, 4.3.4.4).
  return [wound(outline, 1), ...holes.filter((hole) => areaOf(hole) !== 0).map((hole) => wound(hole, -1))];
}

/** The points rounded, without those that fall onto the one before. */
function wholeUnits(path: Path): Point[] {
  const points: Point[] = [];
  for (let i = 0; i < path.length; i += STRIDE) {
    const x = Math.round(path[i] as number);
    const y = Math.round(path[i + 1] as number);
    const before = points.at(-1);
    if (before === undefined || before[0] !== x || before[1] !== y) points.push([x, y]);
  }
  return points;
}

function wound(ring: Point[], sign: 1 | -1): Point[] {
  return areaOf(ring) * sign > 0 ? ring : ring.toReversed();
}

/** Twice the area, positive when the ring goes clockwise on the screen; the first point is repeated at its end. */
function areaOf(ring: readonly Point[]): number {
  let area = 0;
  for (let i = 1; i < ring.length; i++) {
    const [ax, ay] = ring[i - 1] ?? [0, 0];
    const [bx, by] = ring[i] ?? [0, 0];
    area += ax * by - bx * ay;
  }
  return area;
}
