import type {
  DownloadableRegion,
  LatLng,
  LineRegion,
  PolygonRegion,
  RectangleRegion,
  Region,
} from "../../src/index.ts";
import { meetsSegments, type Segment } from "./closed-segments.ts";
import { meetsCorridor } from "./corridor.ts";
import { descend, type OracleCover } from "./descend.ts";
import { meetsDisc } from "./disc.ts";
import { sharesAreaWith } from "./even-odd.ts";
import { edgesOf, evenOddBorder } from "./even-odd-border.ts";
import { copiesOf, gridPoint, gridX, gridY, squareOf } from "./grid.ts";
import { anyOf, type TilePredicate } from "./verdict.ts";

/** The tiles of a downloadable region, without its start and end. */
export function oracleOf({ region, minZoom, maxZoom }: Omit<DownloadableRegion, "source">): OracleCover {
  return descend(predicateOf(region), minZoom, maxZoom);
}

/** What a set operation makes of two covers; a tile of which either is undecided stays so. */
export function combine(p: OracleCover, q: OracleCover, keeps: (inP: boolean, inQ: boolean) => boolean): OracleCover {
  const undecided = new Set([...p.undecided, ...q.undecided]);
  const all = new Set([...p.tiles, ...q.tiles]);
  const tiles = [...all].filter((key) => !undecided.has(key) && keeps(p.tiles.has(key), q.tiles.has(key)));
  return { tiles: new Set(tiles), undecided };
}

function predicateOf(region: Region): TilePredicate {
  switch (region.type) {
    case "rectangle":
      return ofRectangle(region);
    case "circle":
      return region.radiusMeters === 0 ? ofPoint(region.center) : meetsDisc(region.center, region.radiusMeters);
    case "line":
      return ofLine(region);
    case "polygon":
      return ofPolygon(region);
    case "multi": {
      const parts = region.regions.map(predicateOf);
      return (z, x, y) => anyOf(parts.map((part) => part(z, x, y)));
    }
  }
}

function ofRectangle(region: RectangleRegion): TilePredicate {
  const [north, south] = [gridY(region.north), gridY(region.south)];
  const width = region.east - region.west;
  const [west, east] =
    width >= 360
      ? [gridX(-180), gridX(180)]
      : [gridX(region.west), gridX(region.east + 360 * Math.max(0, Math.ceil(-width / 360)))];
  if (north === south || west === east) {
    return meetsSegments([{ a: { x: west, y: north }, b: { x: east, y: south } }]);
  }
  return (z, x, y) => {
    const copies = copiesOf(squareOf(z, x, y), west, east);
    const shares = copies.some(({ x0, y0, x1, y1 }) => x0 < east && x1 > west && y0 < south && y1 > north);
    return shares ? "in" : "out";
  };
}

function ofPoint(point: LatLng): TilePredicate {
  const at = gridPoint(point);
  return meetsSegments([{ a: at, b: at }]);
}

function ofPolygon(region: PolygonRegion): TilePredicate {
  const rings = [region.outer, ...region.holes].map((ring) => ring.map(gridPoint));
  const border = evenOddBorder(rings);
  const onEdges = meetsSegments(rings.flatMap(edgesOf));
  if (border.length === 0) return onEdges;
  const withArea = sharesAreaWith(border);
  if (withArea(0, 0, 0) === "in") return withArea;
  // Nothing but slivers: whether they count as area or as segments hangs on rounding.
  return (z, x, y) => (onEdges(z, x, y) === "in" ? "undecided" : withArea(z, x, y));
}

function ofLine(region: LineRegion): TilePredicate {
  const path = unwrapped(region.path).map(gridPoint);
  if (region.radiusMeters > 0) return meetsCorridor(path, region.radiusMeters);
  return meetsSegments(path.map((a, i): Segment => ({ a, b: path[i + 1] ?? a })));
}

/** The path with every step the short way round. */
function unwrapped(path: readonly LatLng[]): LatLng[] {
  const result: LatLng[] = [];
  let turns = 0;
  for (const [i, { lat, lng }] of path.entries()) {
    const before = path[i - 1];
    if (before) {
      const step = lng - before.lng;
      if (step > 180) turns -= Math.ceil((step - 180) / 360);
      if (step < -180) turns += Math.ceil((-180 - step) / 360);
    }
    result.push({ lat, lng: lng + 360 * turns });
  }
  return result;
}
