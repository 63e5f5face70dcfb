/** A GeoJSON Feature as `toGeoJSON` returns it: it fits where types of `@types/geojson` are wanted. */
export interface RegionFeature {
  type: "Feature";
  properties: Record<string, never>;
  geometry: RegionPolygon | RegionMultiPolygon;
}

/** One polygon: its outer ring, then its holes. Positions are [longitude, latitude]. */
export interface RegionPolygon {
  type: "Polygon";
  coordinates: [lng: number, lat: number][][];
}

/** Several polygons, or none. */
export interface RegionMultiPolygon {
  type: "MultiPolygon";
  coordinates: [lng: number, lat: number][][][];
}
