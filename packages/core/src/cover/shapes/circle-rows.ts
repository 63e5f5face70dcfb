import { forEachDiscRow } from "../../geo/disc-rows.ts";
import { worldX, worldY } from "../../geo/mercator.ts";
import { angleOf, RADIANS } from "../../geo/sphere.ts";
import type { CircleRegion } from "../../region/region.ts";
import type { RowCollector } from "../row-collector.ts";
import { addSegments } from "./segment-rows.ts";

/** Adds the tiles that share area with a circle on the sphere; a circle without area counts as its centre. */
export function addCircle({ center, radiusMeters }: CircleRegion, z: number, rows: RowCollector): void {
  const before = rows.additions;
  const x = worldX(center.lng);
  if (radiusMeters > 0) {
    forEachDiscRow(x, center.lat * RADIANS, angleOf(radiusMeters), z, (row, left, right) => {
      rows.addArea(row, left, right);
    });
  }
  if (rows.additions === before) addSegments([x, worldY(center.lat)], z, rows);
}
