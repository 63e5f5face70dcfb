import type { RasterTiles } from "../raster/raster-tiles.ts";
import type { Tile } from "../tile.ts";

/** The north-west of Europe at zoom 7: sea, coasts and borders, of 1 to 20 KB. */
const ZOOM = 7;
const WEST = 62;
const NORTH = 36;
/** A power of two. They fit into a processor's cache together, so that a tile is not a trip to memory. */
const WIDTH = 8;

/** All tiles that are drawn in throughput mode. */
export const SAMPLE: readonly Tile[] = Array.from({ length: WIDTH * WIDTH }, (_, i) => ({
  z: ZOOM,
  x: WEST + (i % WIDTH),
  y: NORTH + Math.floor(i / WIDTH),
}));

/** Which of the sample a tile is shown as: always the same. */
export function sampleIndex(z: number, x: number, y: number): number {
  const mixed = Math.imul(Math.imul(z + 1, 0x9e3779b1) ^ x, 0x85ebca6b) ^ Math.imul(y + 1, 0xc2b2ae35);
  return (mixed ^ (mixed >>> 15)) & (SAMPLE.length - 1);
}

/** Shows every tile as one of the sample. */
export function sampleTiles(rasterTiles: RasterTiles): RasterTiles {
  return (tile, style) => rasterTiles(SAMPLE[sampleIndex(tile.z, tile.x, tile.y)] ?? tile, style);
}
