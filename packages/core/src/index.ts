export { type Block, Cover, coverOf } from "./cover/cover.ts";
export { TileCursor } from "./cover/cursor.ts";
export { type ByteEstimate, estimateBytes } from "./cover/estimate-bytes.ts";
export type { TileCoord } from "./cover/tile-coord.ts";
export { FmtcError } from "./errors/fmtc-error.ts";
export { RegionError } from "./errors/region-error.ts";
export { areaOf } from "./region/area-of.ts";
export { type Bounds, boundsOf } from "./region/bounds-of.ts";
export { circle, line, multi, polygon, rectangle } from "./region/constructors.ts";
export type { DownloadableOptions, DownloadableRegion } from "./region/downloadable.ts";
export { parseDownloadable, toDownloadable } from "./region/downloadable.ts";
export { type FromGeoJSONOptions, fromGeoJSON } from "./region/from-geojson.ts";
export type { RegionFeature, RegionMultiPolygon, RegionPolygon } from "./region/geojson-types.ts";
export { outlineOf } from "./region/outline-of.ts";
export { parseRegion } from "./region/parse-region.ts";
export type {
  CircleRegion,
  LatLng,
  LineRegion,
  MultiRegion,
  PolygonRegion,
  RectangleRegion,
  Region,
} from "./region/region.ts";
export { toGeoJSON } from "./region/to-geojson.ts";
