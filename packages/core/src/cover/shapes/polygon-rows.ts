import { edgesOf, withoutDoubled } from "../../geo/edges.ts";
import { GRID, THINNEST } from "../../geo/mercator.ts";
import { type Slab, sweep } from "../../geo/sweep.ts";
import type { PolygonRegion } from "../../region/region.ts";
import { worldRing } from "../../region/world-path.ts";
import type { RowCollector } from "../row-collector.ts";
import { addSegments } from "./segment-rows.ts";

/**
 * Adds the tiles that share area with the inside of a polygon's rings, by the even-odd rule. A polygon without area
 * counts as its segments.
 *
 * In a slab of a row, where no edge begins or ends, a tile shares area with the inside if and only if an edge enters it
 * (one side of an edge is inside, the other is not), or it lies wholly inside: between a first and a second edge, half-way
 * down the slab. Whether edges cross on the way makes no difference.
 */
export function addPolygon({ outer, holes }: PolygonRegion, z: number, rows: RowCollector): void {
  const before = rows.additions;
  const scale = 2 ** z;
  const rings = [outer, ...holes].map(worldRing);
  const edges = withoutDoubled(edgesOf(rings, scale));
  const borders = new Int32Array(edges.order.length);
  sweep(edges, { height: 1, step: scale / GRID }, (slab) => {
    const { top, bottom } = slab;
    const row = Math.floor(slab.y0);
    const count = findBorders(slab, THINNEST * scale, borders);
    for (let k = 1; k < count; k += 2) {
      const west = borders[k - 1]!;
      const east = borders[k]!;
      const left = Math.min(top[west]!, bottom[west]!, top[east]!, bottom[east]!);
      const right = Math.max(top[west]!, bottom[west]!, top[east]!, bottom[east]!);
      rows.addArea(row, left, right);
    }
  });
  if (rows.additions === before) for (const ring of rings) addSegments(closed(ring), z, rows);
}

/**
 * Writes the edges of a slab from west to east, less those that run along each other, as both their outer sides are the
 * same; returns their number.
 */
function findBorders({ size, edge, top, bottom }: Slab, thinnest: number, borders: Int32Array): number {
  let count = 0;
  for (let k = 0; k < size; k++) {
    const e = edge[k]!;
    const last = borders[count - 1] ?? e;
    const runsAlong =
      count > 0 && Math.abs(top[e]! - top[last]!) <= thinnest && Math.abs(bottom[e]! - bottom[last]!) <= thinnest;
    if (runsAlong) count--;
    else borders[count++] = e;
  }
  return count;
}

function closed(ring: Float64Array): Float64Array {
  const path = new Float64Array(ring.length + 2);
  path.set(ring);
  path.set(ring.subarray(0, 2), ring.length);
  return path;
}
