import type { Canvas, Font, Image, Paint, Path } from "canvaskit-wasm/full";
import type { Point } from "./frame.ts";
import type { Box } from "./layout.ts";
import type { Skia } from "./skia.ts";

export interface Stroke {
  readonly width: number;
  /** Lengths of dashes and gaps. */
  readonly dashes?: readonly [dash: number, gap: number];
  /** Whether each line ends where it began. */
  readonly isClosed?: boolean;
}

export type TextAlign = "left" | "center" | "right";

export interface TextStyle {
  readonly pixels: number;
  readonly colour: string;
  readonly typeface?: "regular" | "bold" | "mono";
  readonly align?: TextAlign;
  /** The colour of an outline, so that it can be read on anything. */
  readonly halo?: string;
}

/** Draws on a canvas, in pixels and CSS colours. What it asks Skia for, it gives back. */
export class Pen {
  readonly #skia: Skia;
  readonly #canvas: Canvas;

  constructor(skia: Skia, canvas: Canvas) {
    this.#skia = skia;
    this.#canvas = canvas;
  }

  clear(colour: string): void {
    this.#canvas.clear(this.#skia.kit.parseColorString(colour));
  }

  /** A PNG, WebP or JPEG, made smaller to fit. */
  image(bytes: Uint8Array, box: Box): void {
    const { kit } = this.#skia;
    const image: Image | null = kit.MakeImageFromEncoded(bytes);
    if (image === null) throw new Error("A stored tile is no picture that Skia can read.");
    const small = image.makeCopyWithDefaultMipmaps();
    const from = kit.XYWHRect(0, 0, image.width(), image.height());
    this.#canvas.drawImageRectOptions(small, from, this.#rect(box), kit.FilterMode.Linear, kit.MipmapMode.Linear);
    small.delete();
    image.delete();
  }

  /** Draws nothing outside of a box meanwhile. */
  within(box: Box, draw: () => void): void {
    this.#canvas.save();
    this.#canvas.clipRect(this.#rect(box), this.#skia.kit.ClipOp.Intersect, false);
    draw();
    this.#canvas.restore();
  }

  dot({ x, y }: Point, radius: number, colour: string): void {
    this.#paint(colour, undefined, (paint) => this.#canvas.drawCircle(x, y, radius, paint));
  }

  stroke(lines: readonly (readonly Point[])[], colour: string, stroke: Stroke): void {
    this.#path(lines, stroke.isClosed ?? false, (path) => {
      this.#paint(colour, stroke, (paint) => this.#canvas.drawPath(path, paint));
    });
  }

  /** At its baseline. */
  text(text: string, { x, y }: Point, { pixels, colour, typeface = "regular", align = "left", halo }: TextStyle): void {
    const font = this.#font(pixels, typeface);
    const glyphs = font.getGlyphIDs(text);
    const positions: number[] = [];
    let width = 0;
    for (const advance of font.getGlyphWidths(glyphs)) {
      positions.push(width, 0);
      width += advance;
    }
    const left = align === "left" ? x : Math.round(align === "right" ? x - width : x - width / 2);
    const write = (paint: Paint) => this.#canvas.drawGlyphs([...glyphs], positions, left, y, font, paint);
    if (halo !== undefined) this.#paint(halo, { width: pixels / 4 }, write);
    this.#paint(colour, undefined, write);
    font.delete();
  }

  #font(pixels: number, typeface: "regular" | "bold" | "mono"): Font {
    const { kit, typefaces } = this.#skia;
    const font = new kit.Font(typefaces[typeface], pixels);
    font.setEdging(kit.FontEdging.AntiAlias);
    font.setHinting(kit.FontHinting.None);
    font.setSubpixel(true);
    return font;
  }

  #rect({ left, top, width, height }: Box): Float32Array {
    return this.#skia.kit.XYWHRect(left, top, width, height);
  }

  #paint(colour: string, stroke: Stroke | undefined, draw: (paint: Paint) => void): void {
    const { kit } = this.#skia;
    const paint = new kit.Paint();
    paint.setAntiAlias(true);
    paint.setColor(kit.parseColorString(colour));
    if (stroke !== undefined) {
      paint.setStyle(kit.PaintStyle.Stroke);
      paint.setStrokeWidth(stroke.width);
      paint.setStrokeJoin(kit.StrokeJoin.Round);
      paint.setStrokeCap(kit.StrokeCap.Round);
      if (stroke.dashes !== undefined) {
        const dashes = kit.PathEffect.MakeDash([...stroke.dashes]);
        paint.setPathEffect(dashes);
        dashes.delete();
      }
    }
    draw(paint);
    paint.delete();
  }

  #path(lines: readonly (readonly Point[])[], isClosed: boolean, draw: (path: Path) => void): void {
    const { kit } = this.#skia;
    const commands = lines.flatMap((points) => [
      ...points.flatMap(({ x, y }, i) => [i === 0 ? kit.MOVE_VERB : kit.LINE_VERB, x, y]),
      ...(isClosed ? [kit.CLOSE_VERB] : []),
    ]);
    const path = kit.Path.MakeFromCmds(commands);
    if (path === null) throw new Error("Skia cannot draw a line of the picture.");
    draw(path);
    path.delete();
  }
}
