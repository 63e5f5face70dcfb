import { worldX, worldY } from "../../geo/mercator.ts";
import type { RectangleRegion } from "../../region/region.ts";
import { worldsBetween } from "../../region/worlds-between.ts";
import { BandBuilder, type Bands } from "../bands.ts";
import { RowCollector } from "../row-collector.ts";
import { addSegments } from "./segment-rows.ts";

/** The tiles that share area with a rectangle: one band. A rectangle without area counts as a segment, or a point. */
export function rectangleBands(region: RectangleRegion, z: number): Bands {
  const left = worldX(region.west);
  const right = worldX(region.east) + worldsBetween(region);
  const top = worldY(region.north);
  const bottom = worldY(region.south);
  if (left === right || top === bottom) {
    const rows = new RowCollector(z);
    addSegments([left, top, right, bottom], z, rows);
    return rows.build();
  }
  const scale = 2 ** z;
  // The spans of a row are those of the whole band.
  const row = new RowCollector(z);
  row.addArea(0, left * scale, right * scale);
  const builder = new BandBuilder(z);
  builder.add(Math.floor(top * scale), Math.ceil(bottom * scale), row.build().x);
  return builder.build();
}
