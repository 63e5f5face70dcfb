import { STRIDE } from "../world/path.ts";
import { EXTENT, type TileGeometry } from "../world/slice.ts";
import type { Layer } from "../world/world-feature.ts";
import type { Palette } from "./palette.ts";
import { type Pen, PenPath } from "./pen.ts";
import type { View } from "./view.ts";

/** Points of a line are left out that move it by no more than this. */
const TOLERANCE_PIXELS = 0.3;

/** Sea, land, lakes and rivers, coast and borders. */
export function drawWorld(pen: Pen, geometry: readonly TileGeometry[], view: View, palette: Palette): void {
  const { scale, styleZoom } = view;
  const width = (atZoom0: number, growth: number, most: number) =>
    scale * Math.min(most, atZoom0 + growth * Math.max(0, styleZoom));
  const draw = (layer: Layer, paint: (lines: PenPath) => void, tint?: number) => {
    for (const tile of geometry) paint(traced(tile, view, layer, tint));
  };

  pen.clear(palette.sea);
  // Beneath the land, as between two fills that meet the sea would shine through.
  draw("borders", (lines) => pen.stroke(lines, palette.land[0] ?? palette.border, scale));
  for (const [tint, colour] of palette.land.entries()) draw("countries", (lines) => pen.fill(lines, colour), tint);
  draw("lakes", (lines) => pen.fill(lines, palette.sea));
  if (styleZoom >= 3) draw("rivers", (lines) => pen.stroke(lines, palette.river, width(0.2, 0.15, 3)));
  draw("coast", (lines) => pen.stroke(lines, palette.coast, width(0.4, 0.1, 1.6)));
  draw("borders", (lines) => pen.stroke(lines, palette.border, width(0.4, 0.12, 2)));
  if (view.bottom < view.height) {
    const top = Math.max(0, view.bottom);
    pen.fill(new PenPath().rectangle(0, top, view.width, view.height - top), palette.sea);
  }
}

/** The lines of a layer in a tile, in pixels of the view, without the points that make no difference there. */
function traced(tile: TileGeometry, view: View, layer: Layer, tint: number | undefined): PenPath {
  const lines = new PenPath();
  const tilesAcross = 2 ** tile.z;
  const unitPixels = Math.abs(view.toX(1) - view.toX(0)) / (tilesAcross * EXTENT);
  const tolerance = (TOLERANCE_PIXELS / unitPixels) ** 2;
  for (const { type, paths, tags } of tile.features) {
    if (tags.layer !== layer || (tint !== undefined && tags.tint !== tint)) continue;
    for (const path of paths) {
      for (let i = 0; i < path.length; i += STRIDE) {
        if ((path[i + 2] as number) <= tolerance) continue;
        const x = view.toX((tile.x + (path[i] as number) / EXTENT) / tilesAcross);
        const y = view.toY((tile.y + (path[i + 1] as number) / EXTENT) / tilesAcross);
        if (i === 0) lines.moveTo(x, y);
        else lines.lineTo(x, y);
      }
      if (type === "polygon") lines.close();
    }
  }
  return lines;
}
