import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { CanvasKit, Typeface } from "canvaskit-wasm/full";

const require = createRequire(import.meta.url);

/** The parts of Noto Sans that the map may need, by the names of the files that hold them. */
const SUBSETS = ["latin", "latin-ext", "greek", "cyrillic", "vietnamese"];

export type FontWeight = 400 | 600;

/** Noto Sans in its parts, which comes with the server: machines may have no fonts at all. */
export type Typefaces = Readonly<Record<FontWeight, readonly Typeface[]>>;

export function loadTypefaces(kit: CanvasKit): Typefaces {
  return { 400: load(kit, 400), 600: load(kit, 600) };
}

/** The part of the font that has a sign for a character; the first when none has. */
export function typefaceFor(typefaces: readonly Typeface[], character: string): Typeface | undefined {
  return typefaces.find((typeface) => hasGlyph(typeface, character)) ?? typefaces[0];
}

export function hasGlyph(typeface: Typeface, character: string): boolean {
  return (typeface.getGlyphIDs(character, 1)[0] ?? 0) !== 0;
}

function load(kit: CanvasKit, weight: FontWeight): Typeface[] {
  return SUBSETS.map((subset) => {
    const bytes = readFileSync(
      require.resolve(`@fontsource/noto-sans/files/noto-sans-${subset}-${weight}-normal.woff2`),
    );
    const typeface = kit.Typeface.MakeTypefaceFromData(new Uint8Array(bytes).buffer);
    if (typeface === null) throw new Error(`Skia cannot read the font "${subset}".`);
    return typeface;
  });
}
