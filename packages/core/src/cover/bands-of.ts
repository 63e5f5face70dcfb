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
  switch (region.type) {
    case "rectangle":
      return rectangleBands(region, z);
    case "multi":
      return uniteAll(region.regions, z);
    case "circle":
      addCircle(region, z, rows);
      break;
    case "line":
      addLine(region, z, rows);
      break;
    case "polygon":
      addPolygon(region, z, rows);
      break;
  }
  return rows.build();
}

/** Unites halves of halves, so that each tile row is merged a few times rather than once per region. */
function uniteAll(regions: readonly Region[], z: number): Bands {
  const [only] = regions;
  if (only !== undefined && regions.length === 1) return bandsOf(only, z);
  const middle = regions.length >> 1;
  return combine(uniteAll(regions.slice(0, middle), z), uniteAll(regions.slice(middle), z), union);
}
