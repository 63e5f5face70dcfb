import { corridorRows } from "../../geo/corridor-rows.ts";
import { angleOf } from "../../geo/sphere.ts";
import type { LineRegion } from "../../region/region.ts";
import { worldPath } from "../../region/world-path.ts";
import type { RowCollector } from "../row-collector.ts";
import { addSegments } from "./segment-rows.ts";

/** Adds the tiles that share area with a corridor; a corridor without area counts as the path. */
export function addLine({ path, radiusMeters }: LineRegion, z: number, rows: RowCollector): void {
  const before = rows.additions;
  const world = worldPath(path);
  if (radiusMeters > 0) {
    for (const extents of corridorRows(world, angleOf(radiusMeters), z)) {
      extents.visit((row, left, right) => rows.addArea(row, left, right));
    }
  }
  if (rows.additions === before) addSegments(world, z, rows);
}
