import type { Topology } from "topojson-specification";
import { toWorld } from "./mercator.ts";
import type { Path } from "./path.ts";

/** The arcs of a topology in world coordinates; they are delta-encoded on its grid. */
export function decodeArcs({ arcs, transform }: Topology): Path[] {
  const { scale, translate } = transform ?? { scale: [1, 1], translate: [0, 0] };
  const [scaleX, scaleY] = scale;
  const [originX, originY] = translate;
  return arcs.map((arc) => {
    const path = new Float64Array(2 * arc.length);
    let x = 0;
    let y = 0;
    arc.forEach(([dx = 0, dy = 0], i) => {
      x = transform === undefined ? dx : x + dx;
      y = transform === undefined ? dy : y + dy;
      const [worldX, worldY] = toWorld(x * scaleX + originX, y * scaleY + originY);
      path[2 * i] = worldX;
      path[2 * i + 1] = worldY;
    });
    return path;
  });
}

/** A ring or line out of the arcs it names; `~i` is arc `i` backwards, and neighbours share a point. */
export function stitch(arcs: readonly Path[], indices: readonly number[]): Path {
  const parts = indices.map((index) => (index < 0 ? backwards(arcs[~index]) : (arcs[index] ?? new Float64Array())));
  const [only, ...others] = parts;
  if (only !== undefined && others.length === 0) return only;
  const path = new Float64Array(parts.reduce((sum, { length }) => sum + length - 2, 2));
  let at = 0;
  for (const part of parts) {
    path.set(part, at);
    at += part.length - 2;
  }
  return path;
}

function backwards(path: Path = new Float64Array()): Path {
  const reversed = new Float64Array(path.length);
  for (let i = 0; i < path.length; i += 2) {
    reversed[i] = path[path.length - 2 - i] ?? 0;
    reversed[i + 1] = path[path.length - 1 - i] ?? 0;
  }
  return reversed;
}
