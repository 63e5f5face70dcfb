export type {
  CircleRegion,
  LatLng,
  LineRegion,
  MultiRegion,
  PolygonRegion,
  RectangleRegion,
  Region,
} from "./region/region.ts";
