import { LruMap } from "../lru-map.ts";
import type { Tile } from "../tile.ts";
import type { World } from "../world/world.ts";
import { namesInView } from "./names-in-view.ts";
import { drawPicture, type PictureStyle } from "./picture.ts";
import { plainTile } from "./plain-tile.ts";
import type { Skia } from "./skia.ts";
import { viewOfTile } from "./view.ts";

export interface RasterStyle extends PictureStyle {
  /** Pixels of the page along a tile's side. */
  readonly size: 256 | 512;
  /** Pixels of the picture for one of the page. */
  readonly scale: 1 | 2;
  /** Writes the tile's address onto it. */
  readonly label: boolean;
}

export type RasterTiles = (tile: Tile, style: RasterStyle) => Buffer;

const CACHE_BYTES = 128 * 1024 * 1024;

/** Tiles as pictures. Those of nothing but sea are one and the same picture, byte for byte. */
export function rasterTiles(skia: Skia, world: World): RasterTiles {
  const finished = new LruMap<string, Buffer>(CACHE_BYTES, (bytes) => bytes.length);
  return (tile, style) => {
    const view = viewOfTile(tile, style.size, style.scale);
    const isPlain = !style.graticule && !style.label && namesInView(skia, world.names, view).length === 0;
    const content = (isPlain ? plainTile(world.geometryOf(tile)) : undefined) ?? `${tile.z}/${tile.x}/${tile.y}`;
    const { format, size, scale, version, graticule, label } = style;
    const key = [content, format, size, scale, version, graticule, label].join(" ");
    const known = finished.get(key);
    if (known !== undefined) return known;
    const bytes = drawPicture(skia, world, view, style, label ? tile : undefined);
    finished.set(key, bytes);
    return bytes;
  };
}
