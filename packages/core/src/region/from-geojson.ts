import { describe } from "../errors/describe.ts";
import { RegionError } from "../errors/region-error.ts";
import { GEOMETRIES } from "./geojson-geometries.ts";
import { MAX_DEPTH } from "./parse-region.ts";
import { partsOnMap } from "./parts-on-map.ts";
import { readRadius } from "./read-point.ts";
import type { Region } from "./region.ts";

export interface FromGeoJSONOptions {
  /** How far around lines and points the region reaches, in metres along great circles. Polygons need none. */
  readonly radiusMeters?: number | undefined;
}

/**
 * Reads a region from GeoJSON of unknown origin (RFC 7946): from a geometry, a Feature or a FeatureCollection.
 *
 * Polygons become polygons, lines corridors, points circles; several of them make one multi region. One of several
 * polygons may have collapsed to a point or a segment, which it then counts as. Lines and points need a radius: that of
 * the options, else the number `radiusMeters` in the properties of their feature. What has no geometry, or an empty one,
 * is left out. Altitudes and `bbox` are not looked at. Polygons that are cut in two at the antimeridian, as the standard
 * wants them, are fine as they are.
 *
 * @throws RegionError that names the first field which is not valid, as a path: "features[2].geometry.coordinates[0][1]".
 * @example
 * const region = fromGeoJSON(JSON.parse(text), { radiusMeters: 500 });
 */
export function fromGeoJSON(value: unknown, options: FromGeoJSONOptions = {}): Region {
  const { radiusMeters } = options ?? {};
  const radius = radiusMeters === undefined ? undefined : readRadius(radiusMeters, "radiusMeters");
  const regions = [...regionsOf(value, "", radius, 0)];
  const [first] = regions;
  if (first === undefined) {
    throw new RegionError("geojson", value, "has no geometry, but needs at least one polygon, line or point.");
  }
  const region: Region = regions.length === 1 ? first : { type: "multi", regions };
  if (partsOnMap(region).length > 0) return region;
  throw new RegionError("geojson", value, "lies wholly beyond the latitudes where the map (Web Mercator) ends.");
}

/** `prefix` is the path of the object within a larger one, with its dot: "features[2].". */
function* regionsOf(value: unknown, prefix: string, radius: number | undefined, depth: number): Generator<Region> {
  const field = prefix === "" ? "geojson" : prefix.slice(0, -1);
  if (typeof value !== "object" || value === null) {
    throw new RegionError(field, value, `is ${describe(value)}, but must be a GeoJSON object, { type, … }.`);
  }
  if (depth > MAX_DEPTH) throw new RegionError(field, value, `is nested more than ${MAX_DEPTH} deep.`);
  const { type, features, geometry, geometries, coordinates, properties } = value as GeoJson;
  switch (type) {
    case "FeatureCollection":
      yield* regionsOfAll(features, `${prefix}features`, radius, depth);
      break;
    case "Feature":
      if (geometry === null) break;
      yield* regionsOf(geometry, `${prefix}geometry.`, radius ?? radiusIn(properties, prefix), depth + 1);
      break;
    case "GeometryCollection":
      yield* regionsOfAll(geometries, `${prefix}geometries`, radius, depth);
      break;
    default: {
      const read = typeof type === "string" ? GEOMETRIES.get(type) : undefined;
      if (read === undefined) {
        const known = "Feature, FeatureCollection or the type of a geometry";
        throw new RegionError(`${prefix}type`, type, `is ${describe(type)}, but must be ${known}.`);
      }
      yield* read(coordinates, `${prefix}coordinates`, radius);
    }
  }
}

type GeoJson = Partial<Record<"type" | "features" | "geometry" | "geometries" | "coordinates" | "properties", unknown>>;

function* regionsOfAll(list: unknown, field: string, radius: number | undefined, depth: number): Generator<Region> {
  if (!Array.isArray(list)) throw new RegionError(field, list, `is ${describe(list)}, but must be a list.`);
  for (let i = 0; i < list.length; i++) yield* regionsOf(list[i], `${field}[${i}].`, radius, depth + 1);
}

function radiusIn(properties: unknown, prefix: string): number | undefined {
  if (typeof properties !== "object" || properties === null) return undefined;
  const { radiusMeters } = properties as { radiusMeters?: unknown };
  return radiusMeters === undefined ? undefined : readRadius(radiusMeters, `${prefix}properties.radiusMeters`);
}
