/** A point in degrees. Leaflet's and MapLibre's own point objects fit as they are. */
export interface LatLng {
  readonly lat: number;
  readonly lng: number;
}

/** All within two parallels and two meridians, in degrees; `west > east` crosses the antimeridian. */
export interface RectangleRegion {
  readonly type: "rectangle";
  readonly north: number;
  readonly south: number;
  readonly east: number;
  readonly west: number;
}

/** All within `radiusMeters` of `center`, by great-circle distance; it may contain a pole. */
export interface CircleRegion {
  readonly type: "circle";
  readonly center: LatLng;
  readonly radiusMeters: number;
}

/**
 * A corridor: all within `radiusMeters` of a path, by great-circle distance.
 * The path's segments are straight on the map and take the short way round in longitude.
 */
export interface LineRegion {
  readonly type: "line";
  readonly path: readonly LatLng[];
  readonly radiusMeters: number;
}

/**
 * The inside of rings whose edges are straight on the map, by the even-odd rule; either winding, closed or not.
 * Longitudes are taken literally: write 190° rather than −170° to cross the antimeridian.
 */
export interface PolygonRegion {
  readonly type: "polygon";
  readonly outer: readonly LatLng[];
  readonly holes: readonly (readonly LatLng[])[];
}

/** Several regions as one: what they share counts once. They may be nested. */
export interface MultiRegion {
  readonly type: "multi";
  readonly regions: readonly Region[];
}

/** A part of the world: plain data, which survives JSON and structured cloning unchanged. */
export type Region = RectangleRegion | CircleRegion | LineRegion | PolygonRegion | MultiRegion;
