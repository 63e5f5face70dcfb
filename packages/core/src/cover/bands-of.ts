import { partsOnMap } from "../region/parts-on-map.ts";
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
  const all: Bands[] = [];
  for (const part of partsOnMap(region)) {
    // Rectangles are bands already, however many rows they have; other shapes have rows.
    if (part.type === "rectangle") all.push(rectangleBands(part, z));
    else if (part.type === "circle") addCircle(part, z, rows);
    else if (part.type === "line") addLine(part, z, rows);
    else addPolygon(part, z, rows);
  }
  return uniteAll(rows.additions > 0 ? [...all, rows.build()] : all);
}

/** Unites halves of halves, so that each row is merged a few times rather than once per part. */
function uniteAll(parts: readonly Bands[]): Bands {
  if (parts.length === 1) return parts[0]!;
  const middle = parts.length >> 1;
  return combine(uniteAll(parts.slice(0, middle)), uniteAll(parts.slice(middle)), union);
}
