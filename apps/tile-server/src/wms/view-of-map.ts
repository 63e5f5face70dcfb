import type { View } from "../raster/view.ts";
import { MAX_ZOOM, type Tile } from "../tile.ts";
import { latitudeOf, toWorld } from "../world/mercator.ts";
import type { GetMap } from "./parse-get-map.ts";

/** Half of the map's width in metres, as EPSG:3857 has it. */
const HALF_METERS = 20_037_508.342789244;

/** The part of the world that a GetMap shows; beyond the map's edges there is sea. */
export function viewOfMap({ projection, box, width, height }: GetMap): View {
  const { west, east, north, south } = projection === "mercator" ? metersToWorld(box) : degreesToWorld(box);
  const toX = (worldX: number) => ((worldX - west) / (east - west)) * width;
  const toY =
    projection === "mercator"
      ? (worldY: number) => ((worldY - north) / (south - north)) * height
      : (worldY: number) => ((box.north - latitudeOf(worldY)) / (box.north - box.south)) * height;
  // The lesser of both, so that a long and narrow map is not made of millions of tiles.
  const zoomThere = Math.log2(Math.min(width / (east - west), height / (south - north)) / 256);
  // Rounded, so that the box of a tile has the tile's zoom, whatever the division has lost.
  const styleZoom = Math.round(zoomThere * 1e6) / 1e6;
  const zoom = Math.max(0, Math.min(MAX_ZOOM, Math.round(styleZoom)));
  return { width, height, scale: 1, styleZoom, toX, toY, tiles: tilesBetween(zoom, west, east, north, south) };
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
  const [worldWest, worldNorth] = toWorld(west, north);
  const [worldEast, worldSouth] = toWorld(east, south);
  return { west: worldWest, east: worldEast, north: worldNorth, south: worldSouth };
}

function tilesBetween(z: number, west: number, east: number, north: number, south: number): Tile[] {
  const [x0, x1] = indicesBetween(z, west, east);
  const [y0, y1] = indicesBetween(z, north, south);
  const tiles: Tile[] = [];
  for (let y = y0; y <= y1; y++) for (let x = x0; x <= x1; x++) tiles.push({ z, x, y });
  return tiles;
}

/** A border that two tiles share does not pull in the neighbour. */
function indicesBetween(z: number, low: number, high: number): [first: number, last: number] {
  const clamp = (index: number) => Math.max(0, Math.min(2 ** z - 1, index));
  const hair = 1e-9;
  return [clamp(Math.floor(low * 2 ** z + hair)), clamp(Math.ceil(high * 2 ** z - hair) - 1)];
}
