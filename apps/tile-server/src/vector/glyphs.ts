import TinySDF from "@mapbox/tiny-sdf";
import { PbfWriter } from "pbf";
import type { Skia } from "../raster/skia.ts";
import { type FontWeight, hasGlyph } from "../raster/typefaces.ts";
import { GlyphCanvas } from "./glyph-canvas.ts";

/** The fonts a style may ask for. */
export const FONT_STACKS: Readonly<Record<string, FontWeight>> = {
  "Noto Sans Regular": 400,
  "Noto Sans SemiBold": 600,
};

const FONT_PIXELS = 24;
const BUFFER_PIXELS = 3;
/** From the top of a line to the baseline, which a glyph's `top` is counted from. */
const ASCENDER_PIXELS = 26;

const finished = new Map<string, Buffer>();

/** The 256 glyphs from `start` on as signed distance fields, in the protocol buffer that MapLibre reads. */
export function glyphRange(skia: Skia, stack: string, start: number): Buffer | undefined {
  const weight = FONT_STACKS[stack];
  if (weight === undefined) return undefined;
  const key = `${stack} ${start}`;
  const known = finished.get(key);
  if (known !== undefined) return known;
  const glyphs = drawGlyphs(skia, weight, start);
  const pbf = new PbfWriter();
  pbf.writeMessage(1, writeStack, { stack, range: `${start}-${start + 255}`, glyphs });
  const bytes = Buffer.from(pbf.finish());
  finished.set(key, bytes);
  return bytes;
}

type Glyph = ReturnType<TinySDF["draw"]> & { readonly code: number };

const FIRST_PRINTABLE = 32;

function drawGlyphs(skia: Skia, weight: FontWeight, start: number): Glyph[] {
  let canvas: GlyphCanvas | undefined;
  /** Draws on a canvas of ours, as there is no page to take one from. */
  class PagelessSdf extends TinySDF {
    _createCanvas(size: number): GlyphCanvas {
      canvas = new GlyphCanvas(skia, weight, FONT_PIXELS, size);
      return canvas;
    }
  }
  const sdf = new PagelessSdf({ fontSize: FONT_PIXELS, buffer: BUFFER_PIXELS, radius: 8, cutoff: 0.25 });
  const codes = Array.from({ length: 256 }, (_, i) => start + i).filter((code) => {
    const character = String.fromCodePoint(code);
    return code >= FIRST_PRINTABLE && skia.typefaces[weight].some((typeface) => hasGlyph(typeface, character));
  });
  const glyphs = codes.map((code) => ({ code, ...sdf.draw(String.fromCodePoint(code)) }));
  canvas?.delete();
  return glyphs;
}

function writeStack(
  { stack, range, glyphs }: { stack: string; range: string; glyphs: readonly Glyph[] },
  pbf: PbfWriter,
): void {
  pbf.writeStringField(1, stack);
  pbf.writeStringField(2, range);
  for (const glyph of glyphs) pbf.writeMessage(3, writeGlyph, glyph);
}

function writeGlyph(glyph: Glyph, pbf: PbfWriter): void {
  pbf.writeVarintField(1, glyph.code);
  if (glyph.glyphWidth > 0 && glyph.glyphHeight > 0) pbf.writeBytesField(2, new Uint8Array(glyph.data));
  pbf.writeVarintField(3, glyph.glyphWidth);
  pbf.writeVarintField(4, glyph.glyphHeight);
  pbf.writeSVarintField(5, glyph.glyphLeft);
  pbf.writeSVarintField(6, glyph.glyphTop - ASCENDER_PIXELS);
  pbf.writeVarintField(7, Math.round(glyph.glyphAdvance));
}
