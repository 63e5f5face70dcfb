import { boundsOf, type LatLng, type Region, type TileCoord } from "@fmtc/core";
import type { Box, MapPlace } from "./layout.ts";

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The part of the map that a box of the picture shows, and where things are in it. */
export interface Frame {
  readonly box: Box;
  readonly tilePixels: number;
  readonly place: (point: LatLng) => Point;
  readonly boxOf: (tile: TileCoord) => Box;
  /** Where tiles could be that are at least in part within the box. */
  readonly places: readonly TileCoord[];
}

/** A region in the middle of a place for a map. Its tiles lie on whole pixels. */
export function frameAround(region: Region, { box, zoom, tilePixels }: MapPlace): Frame {
  const { north, south, west, east } = boundsOf(region);
  const northWest = inTiles({ lat: north, lng: west }, zoom);
  const southEast = inTiles({ lat: south, lng: east }, zoom);
  const originX = Math.round(box.left + box.width / 2 - ((northWest.x + southEast.x) / 2) * tilePixels);
  const originY = Math.round(box.top + box.height / 2 - ((northWest.y + southEast.y) / 2) * tilePixels);
  const columns = wholeBetween((box.left - originX) / tilePixels, (box.left + box.width - originX) / tilePixels);
  const rows = wholeBetween((box.top - originY) / tilePixels, (box.top + box.height - originY) / tilePixels);
  return {
    box,
    tilePixels,
    place: (point) => {
      const { x, y } = inTiles(point, zoom);
      return { x: toSixteenths(originX + x * tilePixels), y: toSixteenths(originY + y * tilePixels) };
    },
    boxOf: ({ x, y }) => {
      return { left: originX + x * tilePixels, top: originY + y * tilePixels, width: tilePixels, height: tilePixels };
    },
    places: rows.flatMap((y) => columns.map((x) => ({ z: zoom, x, y }))),
  };
}

/** East and south of the map's north-western corner. */
function inTiles({ lat, lng }: LatLng, zoom: number): Point {
  const mercator = Math.asinh(Math.tan((lat * Math.PI) / 180));
  return { x: (0.5 + lng / 360) * 2 ** zoom, y: (0.5 - mercator / (2 * Math.PI)) * 2 ** zoom };
}

/** Machines may differ in the last bit of a sine; the picture may not. */
function toSixteenths(pixels: number): number {
  return Math.round(16 * pixels) / 16;
}

function wholeBetween(from: number, to: number): number[] {
  const first = Math.floor(from);
  return Array.from({ length: Math.ceil(to) - first }, (_, i) => first + i);
}
