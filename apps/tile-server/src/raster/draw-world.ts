import type { GeoJSONVTFeature } from "@maplibre/geojson-vt";
import { EXTENT, type TileGeometry } from "../world/slice.ts";
import type { Layer } from "../world/world-feature.ts";
import type { Palette } from "./palette.ts";
import { type Pen, PenPath } from "./pen.ts";
import type { View } from "./view.ts";

/** Sea, land, lakes and rivers, coast and borders. */
export function drawWorld(pen: Pen, geometry: readonly TileGeometry[], view: View, palette: Palette): void {
  const { scale, styleZoom } = view;
  const width = (atZoom0: number, growth: number, most: number) =>
    scale * Math.min(most, atZoom0 + growth * Math.max(0, styleZoom));
  const draw = (layer: Layer, paint: (lines: PenPath) => void, tint?: number) => {
    for (const tile of geometry) paint(traced(tile, view, layer, tint));
  };

  pen.clear(palette.sea);
  palette.land.forEach((colour, tint) => {
    const paint = (lines: PenPath) => {
      pen.fill(lines, colour);
      // A stroke of the same colour, as between two fills the sea would shine through.
      pen.stroke(lines, colour, 0.8 * scale);
    };
    draw("countries", paint, tint);
  });
  draw("lakes", (lines) => pen.fill(lines, palette.sea));
  if (styleZoom >= 3) draw("rivers", (lines) => pen.stroke(lines, palette.river, width(0.2, 0.15, 3)));
  draw("coast", (lines) => pen.stroke(lines, palette.coast, width(0.4, 0.1, 1.6)));
  draw("borders", (lines) => pen.stroke(lines, palette.border, width(0.4, 0.12, 2)));
}

/** The lines of a layer in a tile, in pixels of the view. */
function traced(tile: TileGeometry, view: View, layer: Layer, tint: number | undefined): PenPath {
  const lines = new PenPath();
  for (const feature of tile.features) {
    if (feature.tags?.layer !== layer || (tint !== undefined && feature.tags.tint !== tint)) continue;
    trace(lines, feature, tile, view);
  }
  return lines;
}

function trace(lines: PenPath, feature: GeoJSONVTFeature, tile: TileGeometry, view: View): void {
  if (feature.type === 1) return;
  const tilesAcross = 2 ** tile.z;
  for (const part of feature.geometry) {
    for (let i = 0; i < part.length; i++) {
      const [unitX, unitY] = part[i] ?? [0, 0];
      const x = view.toX((tile.x + unitX / EXTENT) / tilesAcross);
      const y = view.toY((tile.y + unitY / EXTENT) / tilesAcross);
      if (i === 0) lines.moveTo(x, y);
      else lines.lineTo(x, y);
    }
    if (feature.type === 3) lines.close();
  }
}
