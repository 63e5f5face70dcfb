import type { View } from "../raster/view.ts";
import { MAX_ZOOM, type Tile } from "../tile.ts";
import { type GetMap, HALF_METERS } from "./parse-get-map.ts";
import { latitudeAt, worldYOf } from "./plate-carree.ts";

/**
 * The part of the world that a GetMap shows. In the east and in the west the world comes again. In degrees it has both
 * poles: there is sea in the north, Antarctica in the south, and sea beyond them.
 */
export function viewOfMap({ projection, box, width, height }: GetMap): View {
  const { west, east, north, south } = projection === "mercator" ? metersToWorld(box) : degreesToWorld(box);
  const toX = (worldX: number) => ((worldX - west) / (east - west)) * width;
  const toY =
    projection === "mercator"
      ? (worldY: number) => ((worldY - north) / (south - north)) * height
      : (worldY: number) => ((box.north - latitudeAt(worldY)) / (box.north - box.south)) * height;
  // The lesser of both, so that a long and narrow map is not made of millions of tiles.
  const zoomThere = Math.log2(Math.min(width / (east - west), height / (south - north)) / 256);
  // Rounded, so that the box of a tile has the tile's zoom, whatever the division has lost.
  const styleZoom = Math.round(zoomThere * 1e6) / 1e6;
  const zoom = Math.max(0, Math.min(MAX_ZOOM, Math.round(styleZoom)));
  const lowest = projection === "mercator" ? 1 : worldYOf(-90);
  const tiles = tilesBetween(zoom, { west, east, north, south }, lowest);
  const bottom = projection === "mercator" ? Number.POSITIVE_INFINITY : toY(lowest);
  const rounds = [...new Set(tiles.map(({ x }) => Math.floor(x / 2 ** zoom)))];
  return { width, height, scale: 1, styleZoom, toX, toY, tiles, rounds, bottom };
}

interface WorldBox {
  readonly west: number;
  readonly east: number;
  readonly north: number;
  readonly south: number;
}

function metersToWorld({ west, south, east, north }: GetMap["box"]): WorldBox {
  const x = (meters: number) => 0.5 + meters / (2 * HALF_METERS);
  return { west: x(west), east: x(east), north: 1 - x(north), south: 1 - x(south) };
}

function degreesToWorld({ west, south, east, north }: GetMap["box"]): WorldBox {
  return { west: 0.5 + west / 360, east: 0.5 + east / 360, north: worldYOf(north), south: worldYOf(south) };
}

function tilesBetween(z: number, { west, east, north, south }: WorldBox, lowest: number): Tile[] {
  const onMap = (row: number) => Math.max(0, Math.min(Math.ceil(lowest * 2 ** z) - 1, row));
  const [x0, x1] = indicesBetween(z, west, east);
  const [y0, y1] = indicesBetween(z, north, south);
  const tiles: Tile[] = [];
  for (let y = onMap(y0); y <= onMap(y1); y++) for (let x = x0; x <= x1; x++) tiles.push({ z, x, y });
  return tiles;
}

/** A border that two tiles share does not pull in the neighbour. */
function indicesBetween(z: number, low: number, high: number): [first: number, last: number] {
  const hair = 1e-9;
  const first = Math.floor(low * 2 ** z + hair);
  return [first, Math.max(first, Math.ceil(high * 2 ** z - hair) - 1)];
}
