import type { GeometryObject } from "topojson-specification";

/** The rings of each polygon of a topology's object, as the arcs they are made of. */
export function polygonsOf(geometry: GeometryObject): readonly number[][][] {
  if (geometry.type === "Polygon") return [geometry.arcs];
  return geometry.type === "MultiPolygon" ? geometry.arcs : [];
}

/** The lines of a topology's object, as the arcs they are made of. */
export function linesOf(geometry: GeometryObject): readonly number[][] {
  if (geometry.type === "LineString") return [geometry.arcs];
  return geometry.type === "MultiLineString" ? geometry.arcs : [];
}

export function arcsOf(geometry: GeometryObject): readonly number[] {
  return polygonsOf(geometry).flat(2);
}
