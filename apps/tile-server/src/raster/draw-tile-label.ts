import type { Tile } from "../tile.ts";
import type { Palette } from "./palette.ts";
import { type Pen, PenPath } from "./pen.ts";
import type { View } from "./view.ts";

/** The tile's address, and a line along its northern and western side. */
export function drawTileLabel(pen: Pen, { z, x, y }: Tile, view: View, palette: Palette): void {
  const { scale, width, height } = view;
  pen.fill(new PenPath().rectangle(0, 0, width, scale), palette.label);
  pen.fill(new PenPath().rectangle(0, 0, scale, height), palette.label);
  pen.text(`${z}/${x}/${y}`, 6 * scale, 17 * scale, {
    pixels: 13 * scale,
    weight: 400,
    colour: palette.label,
    halo: { colour: palette.halo, width: 3 * scale },
    align: "left",
  });
}
