import { describe } from "../errors/describe.ts";
import { RegionError } from "../errors/region-error.ts";
import { readCircle, readLine, readPolygon } from "./parse-region.ts";
import type { Region } from "./region.ts";

/** Reads the regions of a geometry's coordinates; `field` is their path. Empty coordinates have none. */
export type GeometryReader = (coordinates: unknown, field: string, radius: number | undefined) => Region[];

type ShapeReader = (coordinates: readonly unknown[], field: string, radius: number | undefined) => Region;

/** By the `type` of the geometry. */
export const GEOMETRIES: ReadonlyMap<string, GeometryReader> = new Map([
  ["Point", one(readPointShape)],
  ["MultiPoint", many(readPointShape)],
  ["LineString", one(readLineShape)],
  ["MultiLineString", many(readLineShape)],
  ["Polygon", one(readPolygonShape)],
  ["MultiPolygon", many(readPolygonOrTrace)],
]);

function one(read: ShapeReader): GeometryReader {
  return (coordinates, field, radius) => {
    const list = readList(coordinates, field);
    return list.length === 0 ? [] : [read(list, field, radius)];
  };
}

function many(read: ShapeReader): GeometryReader {
  const readOne = one(read);
  return (coordinates, field, radius) =>
    readList(coordinates, field).flatMap((each, i) => readOne(each, `${field}[${i}]`, radius));
}

function readPointShape(position: readonly unknown[], field: string, radius: number | undefined): Region {
  const radiusMeters = assertRadius(radius, field, position, "a point");
  return located(field, () => readCircle({ center: pointOf(position, field), radiusMeters }));
}

function readLineShape(positions: readonly unknown[], field: string, radius: number | undefined): Region {
  const radiusMeters = assertRadius(radius, field, positions, "a line");
  return located(field, () => readLine({ path: pointsOf(positions, field), radiusMeters }));
}

function readPolygonShape(rings: readonly unknown[], field: string): Region {
  const [outer, ...holes] = rings.map((ring, i) => pointsOf(ring, `${field}[${i}]`));
  return located(field, () => readPolygon({ outer, holes }));
}

/**
 * Islets of coarse data collapse to a point or a segment. As one of many polygons such an outer ring counts as its
 * points, so that no tile is lost; a hole that has collapsed is none.
 */
function readPolygonOrTrace(rings: readonly unknown[], field: string): Region {
  const [outer, ...holes] = rings;
  if (!isCollapsed(outer)) return readPolygonShape([outer, ...holes.filter((hole) => !isCollapsed(hole))], field);
  return readLineShape(readList(outer, `${field}[0]`), `${field}[0]`, 0);
}

function isCollapsed(ring: unknown): boolean {
  return Array.isArray(ring) && ring.length > 0 && new Set(ring.map(String)).size < 3;
}

function pointsOf(positions: unknown, field: string): Unread[] {
  return readList(positions, field).map((position, i) => pointOf(position, `${field}[${i}]`));
}

/** A point whose numbers are not known to be right yet. */
interface Unread {
  readonly lat: unknown;
  readonly lng: unknown;
}

function pointOf(position: unknown, field: string): Unread {
  if (!Array.isArray(position) || position.length < 2) {
    throw new RegionError(field, position, `is ${describe(position)}, but must be [longitude, latitude].`);
  }
  const [lng, lat]: unknown[] = position;
  return { lat, lng };
}

function readList(value: unknown, field: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new RegionError(field, value, `is ${describe(value)}, but must be a list.`);
}

function assertRadius(radius: number | undefined, field: string, value: unknown, kind: string): number {
  if (radius !== undefined) return radius;
  const advice = "give { radiusMeters }, or put radiusMeters into the feature's properties.";
  throw new RegionError(field, value, `are those of ${kind} without a radius: ${advice}`);
}

/** Names what is not valid by its place in the coordinates, where the region's own readers name it by theirs. */
function located(field: string, read: () => Region): Region {
  try {
    return read();
  } catch (error) {
    if (!RegionError.isInstance(error)) throw error;
    const problem = error.message.slice(error.field.length + 1);
    throw new RegionError(field + placeOf(error.field), error.value, problem);
  }
}

function placeOf(field: string): string {
  return field
    .replace(/^(path|center)/, "")
    .replace(/^outer/, "[0]")
    .replace(/^holes\[(\d+)\]/, (_, hole) => `[${Number(hole) + 1}]`)
    .replace(/\.lng$/, "[0]")
    .replace(/\.lat$/, "[1]");
}
