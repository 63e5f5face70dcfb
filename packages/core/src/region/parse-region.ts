import { RegionError } from "../errors/region-error.ts";
import { describe, readNumber } from "./read-number.ts";
import { readLatitude, readPoint, readPoints, readRadius } from "./read-point.ts";
import type {
  CircleRegion,
  LatLng,
  LineRegion,
  MultiRegion,
  PolygonRegion,
  RectangleRegion,
  Region,
} from "./region.ts";
import { assertReachesMap, assertWithinMap } from "./within-map.ts";

/**
 * Reads a region from data of unknown origin, for example a saved file, and returns it as plain data.
 *
 * @throws RegionError that names the first field which is not valid.
 * @example
 * const region = parseRegion(JSON.parse(text));
 */
export function parseRegion(value: unknown): Region {
  return readRegion(value, "");
}

/** `prefix` is the path of the value within a larger one, with its dot: "regions[2].". */
export function readRegion(value: unknown, prefix: string): Region {
  if (typeof value !== "object" || value === null) {
    const field = prefix === "" ? "region" : prefix.slice(0, -1);
    throw new RegionError(field, value, `is ${describe(value)}, but must be a region, { type, … }.`);
  }
  const region = value as Region;
  switch (region.type) {
    case "rectangle":
      return readRectangle(region, prefix);
    case "circle":
      return readCircle(region, prefix);
    case "line":
      return readLine(region, prefix);
    case "polygon":
      return readPolygon(region, prefix);
    case "multi":
      return readMulti(region, prefix);
    default: {
      const { type } = value as { type?: unknown };
      const known = "rectangle, circle, line, polygon or multi";
      throw new RegionError(`${prefix}type`, type, `is ${describe(type)}, but must be ${known}.`);
    }
  }
}

export function readRectangle(value: Omit<RectangleRegion, "type">, prefix = ""): RectangleRegion {
  const north = readLatitude(value.north, `${prefix}north`);
  const south = readLatitude(value.south, `${prefix}south`);
  const east = readNumber(value.east, `${prefix}east`);
  const west = readNumber(value.west, `${prefix}west`);
  if (north < south) throw new RegionError(`${prefix}north`, north, `is ${north}, south of south, which is ${south}.`);
  assertWithinMap(`${prefix}south`, south, south, north);
  return { type: "rectangle", north, south, east, west };
}

export function readCircle(value: Omit<CircleRegion, "type">, prefix = ""): CircleRegion {
  const center = readPoint(value.center, `${prefix}center`);
  const radiusMeters = readRadius(value.radiusMeters, `${prefix}radiusMeters`);
  assertReachesMap(`${prefix}center`, center, center.lat, center.lat, radiusMeters);
  return { type: "circle", center, radiusMeters };
}

export function readLine(value: Omit<LineRegion, "type">, prefix = ""): LineRegion {
  const path = readPoints(value.path, `${prefix}path`, 1);
  const radiusMeters = readRadius(value.radiusMeters, `${prefix}radiusMeters`);
  const { south, north } = latitudesOf(path);
  assertReachesMap(`${prefix}path`, path, south, north, radiusMeters);
  return { type: "line", path, radiusMeters };
}

export function readPolygon(value: Omit<PolygonRegion, "type">, prefix = ""): PolygonRegion {
  const outer = readRing(value.outer, `${prefix}outer`);
  const { south, north } = latitudesOf(outer);
  assertWithinMap(`${prefix}outer`, outer, south, north);
  const given: unknown = value.holes ?? [];
  if (!Array.isArray(given)) {
    throw new RegionError(`${prefix}holes`, given, `is ${describe(given)}, but must be a list of rings.`);
  }
  const holes = given.map((hole: unknown, i) => readRing(hole, `${prefix}holes[${i}]`));
  return { type: "polygon", outer, holes };
}

export function readMulti(value: Omit<MultiRegion, "type">, prefix = ""): MultiRegion {
  const given: unknown = value.regions;
  if (!Array.isArray(given) || given.length === 0) {
    throw new RegionError(
      `${prefix}regions`,
      given,
      `is ${describe(given)}, but must be a list of one region or more.`,
    );
  }
  const regions = given.map((region: unknown, i) => readRegion(region, `${prefix}regions[${i}].`));
  return { type: "multi", regions };
}

function readRing(value: unknown, field: string): LatLng[] {
  const ring = readPoints(value, field, 3);
  const different = new Set(ring.map(({ lat, lng }) => `${lat},${lng}`)).size;
  if (different < 3) {
    throw new RegionError(field, value, `has ${different} different points, but a ring needs at least 3.`);
  }
  return ring;
}

function latitudesOf(points: readonly LatLng[]): { south: number; north: number } {
  let south = 90;
  let north = -90;
  for (const { lat } of points) {
    south = Math.min(south, lat);
    north = Math.max(north, lat);
  }
  return { south, north };
}
