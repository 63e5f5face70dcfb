import type { Canvas, Paint } from "canvaskit-wasm/full";
import { layOut } from "./font.ts";
import type { Skia } from "./skia.ts";
import type { FontWeight } from "./typefaces.ts";

export interface TextStyle {
  readonly pixels: number;
  readonly weight: FontWeight;
  readonly colour: string;
  /** A wider and paler outline around it, so that it can be read on anything. */
  readonly halo?: { readonly colour: string; readonly width: number };
  readonly align: "left" | "center";
}

/** Draws on a canvas, in pixels and CSS colours. */
export class Pen {
  readonly #skia: Skia;
  readonly #canvas: Canvas;
  readonly #fill: Paint;
  readonly #stroke: Paint;

  constructor(skia: Skia, canvas: Canvas) {
    const { kit } = skia;
    this.#skia = skia;
    this.#canvas = canvas;
    this.#fill = new kit.Paint();
    this.#fill.setAntiAlias(true);
    this.#stroke = new kit.Paint();
    this.#stroke.setAntiAlias(true);
    this.#stroke.setStyle(kit.PaintStyle.Stroke);
    this.#stroke.setStrokeJoin(kit.StrokeJoin.Round);
    this.#stroke.setStrokeCap(kit.StrokeCap.Round);
  }

  clear(colour: string): void {
    this.#canvas.clear(this.#skia.kit.parseColorString(colour));
  }

  /** What lies inside an odd number of the lines. */
  fill(lines: PenPath, colour: string): void {
    this.#fill.setColor(this.#skia.kit.parseColorString(colour));
    this.#draw(lines, this.#fill);
  }

  stroke(lines: PenPath, colour: string, width: number): void {
    this.#stroke.setColor(this.#skia.kit.parseColorString(colour));
    this.#stroke.setStrokeWidth(width);
    this.#draw(lines, this.#stroke);
  }

  /** At its baseline. */
  text(text: string, x: number, y: number, { pixels, weight, colour, halo, align }: TextStyle): void {
    const { runs, width } = layOut(this.#skia, text, pixels, weight);
    const left = align === "center" ? Math.round(x - width / 2) : x;
    const write = (paint: Paint) => {
      for (const { font, glyphs, positions } of runs) this.#canvas.drawGlyphs(glyphs, positions, left, y, font, paint);
    };
    if (halo !== undefined) {
      this.#stroke.setColor(this.#skia.kit.parseColorString(halo.colour));
      this.#stroke.setStrokeWidth(halo.width);
      write(this.#stroke);
    }
    this.#fill.setColor(this.#skia.kit.parseColorString(colour));
    write(this.#fill);
  }

  /** Gives back the memory, which no garbage collector looks after. */
  delete(): void {
    this.#fill.delete();
    this.#stroke.delete();
  }

  #draw({ commands }: PenPath, paint: Paint): void {
    if (commands.length === 0) return;
    const { kit } = this.#skia;
    const path = kit.Path.MakeFromCmds(commands);
    if (path === null) return;
    path.setFillType(kit.FillType.EvenOdd);
    this.#canvas.drawPath(path, paint);
    path.delete();
  }
}

// As Skia numbers them.
const MOVE = 0;
const LINE = 1;
const CLOSE = 5;

const COMMAND_NUMBERS = 3;

/** Lines to fill or to stroke. */
export class PenPath {
  #numbers = new Float32Array(64 * COMMAND_NUMBERS);
  #length = 0;

  /** As Skia reads them. */
  get commands(): Float32Array {
    return this.#numbers.subarray(0, this.#length);
  }

  moveTo(x: number, y: number): void {
    this.#makeRoom();
    this.#numbers[this.#length++] = MOVE;
    this.#numbers[this.#length++] = x;
    this.#numbers[this.#length++] = y;
  }

  lineTo(x: number, y: number): void {
    this.#makeRoom();
    this.#numbers[this.#length++] = LINE;
    this.#numbers[this.#length++] = x;
    this.#numbers[this.#length++] = y;
  }

  close(): void {
    this.#makeRoom();
    this.#numbers[this.#length++] = CLOSE;
  }

  rectangle(x: number, y: number, width: number, height: number): this {
    this.moveTo(x, y);
    this.lineTo(x + width, y);
    this.lineTo(x + width, y + height);
    this.lineTo(x, y + height);
    this.close();
    return this;
  }

  #makeRoom(): void {
    if (this.#length + COMMAND_NUMBERS <= this.#numbers.length) return;
    const larger = new Float32Array(2 * this.#numbers.length);
    larger.set(this.#numbers);
    this.#numbers = larger;
  }
}
