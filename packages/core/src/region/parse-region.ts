import { describe } from "../errors/describe.ts";
import { RegionError } from "../errors/region-error.ts";
import { onMap } from "./parts-on-map.ts";
import { readLatitude, readLongitude, readPoint, readPoints, readRadius } from "./read-point.ts";
import type {
  CircleRegion,
  LatLng,
  LineRegion,
  MultiRegion,
  PolygonRegion,
  RectangleRegion,
  Region,
} from "./region.ts";

/**
 * Reads a region from data of unknown origin, for example a saved file, and returns it as plain data.
 *
 * @throws RegionError that names the first field which is not valid.
 * @example
 * const region = parseRegion(JSON.parse(text));
 */
export function parseRegion(value: unknown): Region {
  return onMap(readRegion(value, ""));
}

/** How deep regions may be nested: no map needs more, and a structure that contains itself ends here. */
export const MAX_DEPTH = 100;

/**
 * Reads a region wherever it lies, on the map or not: a part of something larger may lie beyond.
 *
 * `prefix` is the path of the region within that, with its dot: "regions[2].".
 */
export function readRegion(value: unknown, prefix: string, depth = 0): Region {
  const { type } = readFields<Region>(value, prefix, "a region, { type, … }");
  switch (type) {
    case "rectangle":
      return readRectangle(value, prefix);
    case "circle":
      return readCircle(value, prefix);
    case "line":
      return readLine(value, prefix);
    case "polygon":
      return readPolygon(value, prefix);
    case "multi":
      return readMulti(value, prefix, depth);
    default: {
      const known = "rectangle, circle, line, polygon or multi";
      throw new RegionError(`${prefix}type`, type, `is ${describe(type)}, but must be ${known}.`);
    }
  }
}

export function readRectangle(value: unknown, prefix = ""): RectangleRegion {
  const given = readFields<RectangleRegion>(value, prefix, "bounds, { north, south, east, west }");
  const north = readLatitude(given.north, `${prefix}north`);
  const south = readLatitude(given.south, `${prefix}south`);
  const east = readLongitude(given.east, `${prefix}east`);
  const west = readLongitude(given.west, `${prefix}west`);
  if (north < south) {
    throw new RegionError(`${prefix}north`, north, `is ${north}, but must not be less than south, which is ${south}.`);
  }
  return { type: "rectangle", north, south, east, west };
}

export function readCircle(value: unknown, prefix = ""): CircleRegion {
  const given = readFields<CircleRegion>(value, prefix, "a circle, { center, radiusMeters }");
  const center = readPoint(given.center, `${prefix}center`);
  const radiusMeters = readRadius(given.radiusMeters, `${prefix}radiusMeters`);
  return { type: "circle", center, radiusMeters };
}

export function readLine(value: unknown, prefix = ""): LineRegion {
  const given = readFields<LineRegion>(value, prefix, "a line, { path, radiusMeters }");
  const path = readPoints(given.path, `${prefix}path`, 1);
  const radiusMeters = readRadius(given.radiusMeters, `${prefix}radiusMeters`);
  return { type: "line", path, radiusMeters };
}

export function readPolygon(value: unknown, prefix = ""): PolygonRegion {
  const given = readFields<PolygonRegion>(value, prefix, "a polygon, { outer, holes }");
  const outer = readRing(given.outer, `${prefix}outer`);
  const holes = readList(given.holes ?? [], `${prefix}holes`, "rings").map((hole, i) =>
    readRing(hole, `${prefix}holes[${i}]`),
  );
  return { type: "polygon", outer, holes };
}

export function readMulti(value: unknown, prefix = "", depth = 0): MultiRegion {
  const given = readFields<MultiRegion>(value, prefix, "a multi region, { regions }");
  const field = `${prefix}regions`;
  const list = readList(given.regions, field, "regions");
  if (list.length === 0) throw new RegionError(field, list, "is empty, but needs at least one region.");
  if (depth === MAX_DEPTH) throw new RegionError(field, list, `is nested more than ${MAX_DEPTH} deep.`);
  const regions = list.map((region, i) => readRegion(region, `${field}[${i}].`, depth + 1));
  return { type: "multi", regions };
}

/** The fields of an object, none of them known to be right yet. */
function readFields<T>(value: unknown, prefix: string, wanted: string): Partial<Record<keyof T, unknown>> {
  if (typeof value === "object" && value !== null) return value;
  const field = prefix === "" ? "region" : prefix.slice(0, -1);
  throw new RegionError(field, value, `is ${describe(value)}, but must be ${wanted}.`);
}

function readList(value: unknown, field: string, wanted: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new RegionError(field, value, `is ${describe(value)}, but must be a list of ${wanted}.`);
}

function readRing(value: unknown, field: string): LatLng[] {
  const ring = readPoints(value, field, 3);
  const [first] = ring;
  const second = ring.find((point) => !isSame(point, first));
  if (!ring.some((point) => !isSame(point, first) && !isSame(point, second))) {
    const different = second === undefined ? 1 : 2;
    throw new RegionError(field, value, `has ${different} different points, but a ring needs at least 3.`);
  }
  return ring;
}

function isSame(a: LatLng, b: LatLng | undefined): boolean {
  return a.lat === b?.lat && a.lng === b.lng;
}
