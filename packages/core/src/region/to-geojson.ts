import type { RegionFeature } from "./geojson-types.ts";
import { outlineOf } from "./outline-of.ts";
import type { LatLng, Region } from "./region.ts";

/**
 * The outline of a region as a GeoJSON Feature (RFC 7946): a Polygon, or a MultiPolygon where there are several, as at
 * the antimeridian.
 *
 * Rings are closed; outer rings run counter-clockwise, holes clockwise. A region without area has no outline: it gives a
 * MultiPolygon of none. The feature holds what is drawn and nothing else: to save a region itself, save it as JSON.
 *
 * @example
 * map.addSource("region", { type: "geojson", data: toGeoJSON(region) });
 */
export function toGeoJSON(region: Region): RegionFeature {
  const polygons = outlineOf(region).map((rings) => rings.map(closedRing));
  const [first] = polygons;
  const geometry: RegionFeature["geometry"] =
    first !== undefined && polygons.length === 1
      ? { type: "Polygon", coordinates: first }
      : { type: "MultiPolygon", coordinates: polygons };
  return { type: "Feature", properties: {}, geometry };
}

function closedRing(ring: readonly LatLng[]): [lng: number, lat: number][] {
  return [...ring, ...ring.slice(0, 1)].map(({ lat, lng }) => [lng, lat]);
}
