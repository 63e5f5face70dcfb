import { describe } from "../errors/describe.ts";
import { RegionError } from "../errors/region-error.ts";
import { readNumber } from "./read-number.ts";
import type { LatLng } from "./region.ts";

/** Beyond it, world coordinates would be coarser than their grid. */
const MAX_LONGITUDE = 3600;

/** The guess at numbers far beyond all degrees. */
const METRES = "If these are metres (EPSG:3857), convert them to degrees first.";

/** Reads a point from anything with `lat` and `lng`, and keeps just these two. */
export function readPoint(value: unknown, field: string): LatLng {
  if (typeof value !== "object" || value === null) {
    throw new RegionError(field, value, `is ${describe(value)}, but must be a point, { lat, lng }.`);
  }
  if (Array.isArray(value)) {
    const hint = "Write { lat, lng }, or read [longitude, latitude] with fromGeoJSON";
    throw new RegionError(field, value, `is ${describe(value)}, but must be a point. ${hint}.`);
  }
  const { lat, lng } = value as Partial<LatLng>;
  const other = ["lon", "long", "longitude", "latitude"].find((name) => name in value);
  if ((lat === undefined || lng === undefined) && other !== undefined) {
    throw new RegionError(field, value, `has ${other}, but a point is { lat, lng }.`);
  }
  return { lat: readLatitude(lat, `${field}.lat`), lng: readLongitude(lng, `${field}.lng`) };
}

/** Reads a list of at least `least` points. */
export function readPoints(value: unknown, field: string, least: number): LatLng[] {
  if (!Array.isArray(value)) {
    throw new RegionError(field, value, `is ${describe(value)}, but must be a list of points, [{ lat, lng }, …].`);
  }
  if (Array.isArray(value[0]) && typeof value[0][0] === "object") {
    const hint = "Give its parts one by one: a polygon takes an outer ring and a list of holes, a line one path";
    throw new RegionError(field, value, `is a list of lists of points, as Leaflet gives for polygons. ${hint}.`);
  }
  if (value.length < least) {
    throw new RegionError(field, value, `has ${value.length} points, but needs at least ${least}.`);
  }
  // Not `map`, which passes over what a sparse list leaves out.
  const points: LatLng[] = [];
  for (let i = 0; i < value.length; i++) points.push(plainPoint(value[i]) ?? readPoint(value[i], `${field}[${i}]`));
  return points;
}

/** A valid point at once, without the name of its field; else undefined, so that `readPoint` says what is wrong. */
function plainPoint(value: unknown): LatLng | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { lat, lng } = value as Partial<LatLng>;
  const isValid = Math.abs(lat ?? Number.NaN) <= 90 && Math.abs(lng ?? Number.NaN) <= MAX_LONGITUDE;
  return isValid && typeof lat === "number" && typeof lng === "number" ? { lat: lat + 0, lng: lng + 0 } : undefined;
}

export function readLatitude(value: unknown, field: string): number {
  const lat = readNumber(value, field);
  if (Math.abs(lat) > 90) {
    const guess = Math.abs(lat) > 360 ? METRES : "Is it perhaps a longitude?";
    throw new RegionError(field, value, `is ${lat}, but latitudes end at ±90. ${guess}`);
  }
  return lat;
}

/** Reads a longitude; beyond ±180° it goes on around the world, ten times at the most. */
export function readLongitude(value: unknown, field: string): number {
  const lng = readNumber(value, field);
  if (Math.abs(lng) > MAX_LONGITUDE) {
    throw new RegionError(
      field,
      value,
      `is ${lng}, but must be within ±${MAX_LONGITUDE}: ten times around the world. ${METRES}`,
    );
  }
  return lng;
}

/** Reads a radius in metres; 0 is a point, or a bare line. */
export function readRadius(value: unknown, field: string): number {
  const radiusMeters = readNumber(value, field);
  if (radiusMeters < 0) throw new RegionError(field, value, `is ${radiusMeters}, but must be 0 metres or more.`);
  return radiusMeters;
}
