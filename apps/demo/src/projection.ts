import type { LatLng } from "@fmtc/core";

/** Where a point lies on the map, in tiles of a zoom east and south of its north-western corner. */
export function inTiles({ lat, lng }: LatLng, zoom: number): { x: number; y: number } {
  const mercator = Math.asinh(Math.tan((lat * Math.PI) / 180));
  return { x: (0.5 + lng / 360) * 2 ** zoom, y: (0.5 - mercator / (2 * Math.PI)) * 2 ** zoom };
}

/** The width of a tile on the ground at a row, in metres. */
export function tileMeters(y: number, zoom: number): number {
  const latitude = Math.atan(Math.sinh(Math.PI * (1 - (2 * y) / 2 ** zoom)));
  return (40_030_228.88 * Math.cos(latitude)) / 2 ** zoom;
}
