import type { Tile } from "../tile.ts";

/** What a picture shows of the world, and how large. */
export interface View {
  /** In pixels. */
  readonly width: number;
  readonly height: number;
  /** Pixels of the picture for one of the page: 2 for `@2x`. */
  readonly scale: number;
  /** The zoom that line widths and names are chosen for. */
  readonly styleZoom: number;
  /** The tiles whose geometry is drawn. Columns beyond the map are those of other rounds. */
  readonly tiles: readonly Tile[];
  /** Which times the world is drawn, as it comes again in the east and in the west: 0 is the map, 1 the next to its east. */
  readonly rounds: readonly number[];
  /** World coordinates to pixels. */
  readonly toX: (worldX: number) => number;
  readonly toY: (worldY: number) => number;
  /** Where the world ends, in pixels: below there is only sea, whatever the tiles have. */
  readonly bottom: number;
}

export function viewOfTile(tile: Tile, size: number, scale: number): View {
  const pixels = size * scale;
  const tilesAcross = 2 ** tile.z;
  return {
    width: pixels,
    height: pixels,
    scale,
    styleZoom: tile.z + Math.log2(size / 256),
    tiles: [tile],
    rounds: [0],
    bottom: Number.POSITIVE_INFINITY,
    toX: (worldX) => (worldX * tilesAcross - tile.x) * pixels,
    toY: (worldY) => (worldY * tilesAcross - tile.y) * pixels,
  };
}
