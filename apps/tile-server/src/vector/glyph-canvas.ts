import type { Font, Surface } from "canvaskit-wasm/full";
import { fontOf } from "../raster/font.ts";
import { Pen } from "../raster/pen.ts";
import type { Skia } from "../raster/skia.ts";
import { type FontWeight, typefaceFor } from "../raster/typefaces.ts";

/** As much of a browser's canvas as TinySDF draws its glyphs with. */
export class GlyphCanvas {
  readonly #skia: Skia;
  readonly #weight: FontWeight;
  readonly #pixels: number;
  readonly #surface: Surface;
  readonly #pen: Pen;

  constructor(skia: Skia, weight: FontWeight, fontPixels: number, size: number) {
    const surface = skia.kit.MakeSurface(size, size);
    if (surface === null) throw new Error("There is no memory to draw a glyph.");
    this.#skia = skia;
    this.#weight = weight;
    this.#pixels = fontPixels;
    this.#surface = surface;
    this.#pen = new Pen(skia, surface.getCanvas());
  }

  getContext(): this {
    return this;
  }

  measureText(character: string) {
    const font = this.#fontFor(character);
    const glyphs = font.getGlyphIDs(character, 1);
    const [left = 0, top = 0, right = 0, bottom = 0] = font.getGlyphBounds(glyphs);
    return {
      width: font.getGlyphWidths(glyphs)[0] ?? 0,
      actualBoundingBoxAscent: -top,
      actualBoundingBoxDescent: bottom,
      actualBoundingBoxLeft: -left,
      actualBoundingBoxRight: right,
    };
  }

  /** All of it: one glyph is drawn at a time. */
  clearRect(): void {
    this.#pen.clear("rgba(0, 0, 0, 0)");
  }

  fillText(character: string, x: number, y: number): void {
    this.#pen.text(character, x, y, { pixels: this.#pixels, weight: this.#weight, colour: "#000000", align: "left" });
  }

  getImageData(x: number, y: number, width: number, height: number) {
    const { kit } = this.#skia;
    const data = this.#surface.getCanvas().readPixels(x, y, {
      width,
      height,
      colorType: kit.ColorType.RGBA_8888,
      alphaType: kit.AlphaType.Unpremul,
      colorSpace: kit.ColorSpace.SRGB,
    });
    return { data };
  }

  delete(): void {
    this.#pen.delete();
    this.#surface.dispose();
  }

  #fontFor(character: string): Font {
    const typeface = typefaceFor(this.#skia.typefaces[this.#weight], character);
    if (typeface === undefined) throw new Error("There is no font.");
    return fontOf(this.#skia, typeface, this.#pixels);
  }
}
