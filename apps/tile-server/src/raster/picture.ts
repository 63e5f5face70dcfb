import type { Tile } from "../tile.ts";
import type { TileGeometry } from "../world/slice.ts";
import type { World } from "../world/world.ts";
import { drawGraticule } from "./draw-graticule.ts";
import { drawNames } from "./draw-names.ts";
import { drawTileLabel } from "./draw-tile-label.ts";
import { drawWorld } from "./draw-world.ts";
import { namesInView } from "./names-in-view.ts";
import { type PictureFormat, paintPicture } from "./paint-picture.ts";
import { paletteOf } from "./palette.ts";
import type { Skia } from "./skia.ts";
import type { View } from "./view.ts";

export interface PictureStyle {
  readonly format: PictureFormat;
  readonly graticule: boolean;
  /** Which version of the map: each has colours of its own. */
  readonly version: number;
}

/** Draws what a view shows, and perhaps the address of the tile that it is. */
export function drawPicture(
  skia: Skia,
  world: World,
  view: View,
  { format, graticule, version }: PictureStyle,
  label?: Tile,
): Buffer {
  const palette = paletteOf(version);
  return paintPicture(skia, { width: view.width, height: view.height, format }, (pen) => {
    drawWorld(
      pen,
      view.tiles.map((tile) => geometryInRound(world, tile)),
      view,
      palette,
    );
    if (graticule) drawGraticule(pen, view, palette);
    drawNames(pen, namesInView(skia, world.names, view), view.scale, palette);
    if (label !== undefined) drawTileLabel(pen, label, view, palette);
  });
}

/** The geometry of a tile of any round: that of the map's, where the round has it. */
function geometryInRound(world: World, { z, x, y }: Tile): TileGeometry {
  const round = Math.floor(x / 2 ** z);
  return { ...world.geometryOf({ z, x: x - round * 2 ** z, y }), x };
}
