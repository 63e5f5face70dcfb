import type { Topology } from "topojson-specification";
import { toWorld } from "./mercator.ts";
import { type Path, STRIDE } from "./path.ts";
import { rankPoints } from "./rank-points.ts";

/**
 * The arcs of a topology in world coordinates; they are delta-encoded on its grid. Ranked before they are put together:
 * two countries, and the line between them, leave out the same points of their common border.
 */
export function decodeArcs({ arcs, transform }: Topology): Path[] {
  const { scale, translate } = transform ?? { scale: [1, 1], translate: [0, 0] };
  const [scaleX, scaleY] = scale;
  const [originX, originY] = translate;
  return arcs.map((arc) => {
    const path = new Float64Array(STRIDE * arc.length);
    let x = 0;
    let y = 0;
    arc.forEach(([dx = 0, dy = 0], i) => {
      x = transform === undefined ? dx : x + dx;
      y = transform === undefined ? dy : y + dy;
      const [worldX, worldY] = toWorld(x * scaleX + originX, y * scaleY + originY);
      path[STRIDE * i] = worldX;
      path[STRIDE * i + 1] = worldY;
    });
    return rankPoints(path);
  });
}

/** A ring or line out of the arcs it names; `~i` is arc `i` backwards, and neighbours share a point. */
export function stitch(arcs: readonly Path[], indices: readonly number[]): Path {
  const parts = indices.map((index) => (index < 0 ? backwards(arcs[~index]) : (arcs[index] ?? new Float64Array())));
  const [only, ...others] = parts;
  if (only !== undefined && others.length === 0) return only;
  const path = new Float64Array(parts.reduce((sum, { length }) => sum + length - STRIDE, STRIDE));
  let at = 0;
  for (const part of parts) {
    path.set(part, at);
    at += part.length - STRIDE;
  }
  return path;
}

function backwards(path: Path = new Float64Array()): Path {
  const reversed = new Float64Array(path.length);
  for (let i = 0; i < path.length; i += STRIDE) {
    const from = path.length - STRIDE - i;
    reversed.set(path.subarray(from, from + STRIDE), i);
  }
  return reversed;
}
