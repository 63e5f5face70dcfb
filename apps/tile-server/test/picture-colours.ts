import { loadSkia } from "../src/raster/skia.ts";

export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** "r,g,b" of the pixel at a place. */
  readonly at: (x: number, y: number) => string;
  /** How many pixels have a colour. */
  readonly count: (colour: string) => number;
  readonly data: Uint8Array;
}

/** A picture's pixels, decoded by Skia. */
export async function pixelsOf(bytes: Buffer): Promise<Pixels> {
  const { kit } = await loadSkia();
  const image = kit.MakeImageFromEncoded(bytes);
  if (image === null) throw new Error("This is no picture.");
  const [width, height] = [image.width(), image.height()];
  const data = image.readPixels(0, 0, {
    width,
    height,
    colorType: kit.ColorType.RGBA_8888,
    alphaType: kit.AlphaType.Unpremul,
    colorSpace: kit.ColorSpace.SRGB,
  });
  image.delete();
  if (!(data instanceof Uint8Array)) throw new Error("The picture has no pixels.");
  const colourAt = (i: number) => `${data[i]},${data[i + 1]},${data[i + 2]}`;
  return {
    width,
    height,
    data,
    at: (x, y) => colourAt(4 * (y * width + x)),
    count: (colour) => {
      let count = 0;
      for (let i = 0; i < data.length; i += 4) if (colourAt(i) === colour) count++;
      return count;
    },
  };
}
