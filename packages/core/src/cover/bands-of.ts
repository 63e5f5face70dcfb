import type { Region } from "../region/region.ts";
import type { Bands } from "./bands.ts";
import { combine, union } from "./combine.ts";
import { RowCollector } from "./row-collector.ts";
import { addCircle } from "./shapes/circle-rows.ts";
import { addLine } from "./shapes/line-rows.ts";
import { addPolygon } from "./shapes/polygon-rows.ts";
import { rectangleBands } from "./shapes/rectangle-bands.ts";

/** The tiles of one zoom that belong to a region. */
export function bandsOf(region: Region, z: number): Bands {
  const rows = new RowCollector(z);
  const rectangles = addRows(region, z, rows);
  return uniteAll(rows.additions > 0 ? [...rectangles, rows.build()] : rectangles);
}

/** Adds the rows of all but the rectangles; those are bands already, however many rows they have. */
function addRows(region: Region, z: number, rows: RowCollector): Bands[] {
  switch (region.type) {
    case "rectangle":
      return [rectangleBands(region, z)];
    case "multi":
      return region.regions.flatMap((part) => addRows(part, z, rows));
    case "circle":
      addCircle(region, z, rows);
      return [];
    case "line":
      addLine(region, z, rows);
      return [];
    case "polygon":
      addPolygon(region, z, rows);
      return [];
  }
}

/** Unites halves of halves, so that each row is merged a few times rather than once per part. */
function uniteAll(parts: readonly Bands[]): Bands {
  if (parts.length === 1) return parts[0]!;
  const middle = parts.length >> 1;
  return combine(uniteAll(parts.slice(0, middle)), uniteAll(parts.slice(middle)), union);
}
