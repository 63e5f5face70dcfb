import type { Font, Typeface } from "canvaskit-wasm/full";
import type { Skia } from "./skia.ts";
import { type FontWeight, typefaceFor } from "./typefaces.ts";

/** A few glyphs in a row that the same part of the font has, and where they stand from the text's beginning. */
interface GlyphRun {
  readonly font: Font;
  readonly glyphs: number[];
  /** In x and y by turns. */
  readonly positions: number[];
}

export interface LaidOutText {
  readonly runs: readonly GlyphRun[];
  readonly width: number;
}

const fonts = new Map<Typeface, Map<number, Font>>();

/** A text as glyphs in a row: enough for names in Latin, Greek and Cyrillic. */
export function layOut(skia: Skia, text: string, pixels: number, weight: FontWeight): LaidOutText {
  const runs: GlyphRun[] = [];
  let width = 0;
  for (const character of text) {
    const typeface = typefaceFor(skia.typefaces[weight], character);
    if (typeface === undefined) continue;
    const font = fontOf(skia, typeface, pixels);
    const glyphs = font.getGlyphIDs(character, 1);
    let run = runs.at(-1);
    if (run?.font !== font) {
      run = { font, glyphs: [], positions: [] };
      runs.push(run);
    }
    run.glyphs.push(...glyphs);
    run.positions.push(width, 0);
    width += font.getGlyphWidths(glyphs)[0] ?? 0;
  }
  return { runs, width };
}

/** Smooth, and unhinted: a letter looks the same wherever between two pixels it begins. */
export function fontOf({ kit }: Skia, typeface: Typeface, pixels: number): Font {
  const bySize = fonts.get(typeface) ?? new Map<number, Font>();
  fonts.set(typeface, bySize);
  const known = bySize.get(pixels);
  if (known !== undefined) return known;
  const font = new kit.Font(typeface, pixels);
  font.setEdging(kit.FontEdging.AntiAlias);
  font.setHinting(kit.FontHinting.None);
  font.setSubpixel(true);
  bySize.set(pixels, font);
  return font;
}
