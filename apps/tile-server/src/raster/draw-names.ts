import type { NameInView } from "./names-in-view.ts";
import type { Palette } from "./palette.ts";
import type { Pen } from "./pen.ts";

/** From the middle of small letters to the baseline, of a font's size. */
const MIDDLE_TO_BASELINE = 0.36;

export function drawNames(pen: Pen, names: readonly NameInView[], scale: number, palette: Palette): void {
  for (const { name, fontPixels, pixelX, pixelY } of names) {
    const pixels = fontPixels * scale;
    pen.text(name, pixelX, pixelY + Math.round(pixels * MIDDLE_TO_BASELINE), {
      pixels,
      weight: 600,
      colour: palette.name,
      halo: { colour: palette.halo, width: 3 * scale },
      align: "center",
    });
  }
}
