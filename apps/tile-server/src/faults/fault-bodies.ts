import { paintPicture } from "../raster/paint-picture.ts";
import { PenPath } from "../raster/pen.ts";
import type { Skia } from "../raster/skia.ts";

/** What a hotel's network or a proxy answers in place of a tile. */
export const LOGIN_PAGE = Buffer.from(
  "<!doctype html><html><head><title>Sign in</title></head><body><h1>Please sign in to use this network</h1></body></html>",
);

const RED = "#b3261e";

/** The picture that some servers send to those they do not want, as if it were a tile. */
export function blockedImage(skia: Skia): Buffer {
  return paintPicture(skia, { width: 256, height: 256, format: "png" }, (pen) => {
    pen.clear("#f6e9e9");
    pen.stroke(new PenPath().rectangle(3, 3, 250, 250), RED, 6);
    pen.text("Access blocked", 128, 122, { pixels: 26, weight: 600, colour: RED, align: "center" });
    pen.text("See the usage policy", 128, 152, { pixels: 14, weight: 400, colour: RED, align: "center" });
  });
}
