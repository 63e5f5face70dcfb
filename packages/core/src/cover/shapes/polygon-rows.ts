import { edgesOf, withoutDoubled } from "../../geo/edges.ts";
import { THINNEST } from "../../geo/mercator.ts";
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
  const borders: number[] = [];
  sweep(withoutDoubled(edgesOf(rings, scale)), { height: 1 }, (slab) => {
    const { y0, top, bottom } = slab;
    findBorders(slab, THINNEST * scale, borders);
    for (let k = 1; k < borders.length; k += 2) {
      const west = borders[k - 1]!;
      const east = borders[k]!;
      const left = Math.min(top[west]!, bottom[west]!, top[east]!, bottom[east]!);
      const right = Math.max(top[west]!, bottom[west]!, top[east]!, bottom[east]!);
      rows.addArea(Math.floor(y0), left, right);
    }
  });
  if (rows.additions === before) for (const ring of rings) addSegments(closed(ring), z, rows);
}

/** The edges of a slab from west to east, less those that run along each other: both their outer sides are the same. */
function findBorders({ size, edge, top, bottom }: Slab, thinnest: number, borders: number[]): void {
  borders.length = 0;
  for (let k = 0; k < size; k++) {
    const e = edge[k]!;
    const last = borders[borders.length - 1];
    const runsAlong =
      last !== undefined &&
      Math.abs(top[e]! - top[last]!) <= thinnest &&
      Math.abs(bottom[e]! - bottom[last]!) <= thinnest;
    if (runsAlong) borders.pop();
    else borders.push(e);
  }
}

function closed(ring: Float64Array): Float64Array {
  const path = new Float64Array(ring.length + 2);
  path.set(ring);
  path.set(ring.subarray(0, 2), ring.length);
  return path;
}
