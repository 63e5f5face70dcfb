import { edgesOf, withoutDoubled } from "../../geo/edges.ts";
import { sweep } from "../../geo/sweep.ts";
import type { PolygonRegion } from "../../region/region.ts";
import { worldRing } from "../../region/world-path.ts";
import type { RowCollector } from "../row-collector.ts";
import { addSegments } from "./segment-rows.ts";

/** What is thinner than this part of the world's width (0.6 µm) has no area. */
const THINNEST = 2 ** -46;

/**
 * Adds the tiles that share area with the inside of a polygon's rings, by the even-odd rule.
 *
 * Between two levels where no edge begins, ends or crosses another, the inside is a row of trapezoids: what lies
 * between each first and second edge. A polygon without area counts as its segments.
 */
export function addPolygon({ outer, holes }: PolygonRegion, z: number, rows: RowCollector): void {
  const before = rows.additions;
  const scale = 2 ** z;
  const thinnest = THINNEST * scale;
  const rings = [outer, ...holes].map(worldRing);
  sweep(withoutDoubled(edgesOf(rings, scale)), 1, thinnest, ({ y0, size, edge, top, bottom }) => {
    const row = Math.floor(y0);
    for (let k = 1; k < size; k += 2) {
      const west = edge[k - 1]!;
      const east = edge[k]!;
      if (top[east]! - top[west]! <= thinnest && bottom[east]! - bottom[west]! <= thinnest) continue;
      rows.addArea(row, Math.min(top[west]!, bottom[west]!), Math.max(top[east]!, bottom[east]!));
    }
  });
  if (rows.additions === before) {
    for (const ring of rings) addSegments(Float64Array.of(...ring, ring[0]!, ring[1]!), z, rows);
  }
}
