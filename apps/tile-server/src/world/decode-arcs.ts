import type { Position } from "geojson";
import type { Topology } from "topojson-specification";
import { toWorld } from "./mercator.ts";

/** The arcs of a topology in world coordinates; they are delta-encoded on its grid. */
export function decodeArcs({ arcs, transform }: Topology): Position[][] {
  if (transform === undefined) return arcs.map((arc) => arc.map(([lng = 0, lat = 0]) => toWorld(lng, lat)));
  const [scaleX, scaleY] = transform.scale;
  const [originX, originY] = transform.translate;
  return arcs.map((arc) => {
    let x = 0;
    let y = 0;
    return arc.map(([dx = 0, dy = 0]) => {
      x += dx;
      y += dy;
      return toWorld(x * scaleX + originX, y * scaleY + originY);
    });
  });
}

/** A ring or line out of the arcs it names; `~i` is arc `i` backwards, and neighbours share a point. */
export function stitch(arcs: readonly Position[][], indices: readonly number[]): Position[] {
  const points: Position[] = [];
  for (const index of indices) {
    const arc = index < 0 ? (arcs[~index] ?? []).toReversed() : (arcs[index] ?? []);
    for (let i = points.length === 0 ? 0 : 1; i < arc.length; i++) points.push(arc[i] ?? []);
  }
  return points;
}
