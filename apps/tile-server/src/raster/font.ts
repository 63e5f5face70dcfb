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

/** A character in a font's size: which of its glyphs it takes, and how far the next one stands from it. */
interface Sign {
  readonly font: Font;
  readonly glyphs: readonly number[];
  readonly width: number;
}

const fonts = new Map<Typeface, Map<number, Font>>();
const signs = new Map<string, Sign | undefined>();

/** A text as glyphs in a row: enough for names in Latin, Greek and Cyrillic. */
export function layOut(skia: Skia, text: string, pixels: number, weight: FontWeight): LaidOutText {
  const runs: GlyphRun[] = [];
  let width = 0;
  for (const character of text) {
    const sign = signOf(skia, character, pixels, weight);
    if (sign === undefined) continue;
    const { font, glyphs } = sign;
    let run = runs.at(-1);
    if (run?.font !== font) {
      run = { font, glyphs: [], positions: [] };
      runs.push(run);
    }
    run.glyphs.push(...glyphs);
    run.positions.push(width, 0);
    width += sign.width;
  }
  return { runs, width };
}

/** Asked of Skia once: a map's names are written in a hundred characters, again and again. */
function signOf(skia: Skia, character: string, pixels: number, weight: FontWeight): Sign | undefined {
  const key = `${weight} ${pixels} ${character}`;
  if (signs.has(key)) return signs.get(key);
  const typeface = typefaceFor(skia.typefaces[weight], character);
  let sign: Sign | undefined;
  if (typeface !== undefined) {
    const font = fontOf(skia, typeface, pixels);
    const glyphs = [...font.getGlyphIDs(character, 1)];
    sign = { font, glyphs, width: font.getGlyphWidths(glyphs)[0] ?? 0 };
  }
  signs.set(key, sign);
  return sign;
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
