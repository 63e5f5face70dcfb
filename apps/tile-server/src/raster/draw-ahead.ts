import { setImmediate as turn } from "node:timers/promises";
import type { RasterStyle, RasterTiles } from "./raster-tiles.ts";

/** Those of the whole world and of continents: they show the most, so they take the longest. */
const ZOOMS = [2, 1, 0, 3];
const FORMATS = ["png", "webp"] as const;

/**
 * Draws tiles before anybody asks for them, one at a time, so that a request waits for one of them at most. What is
 * drawn afterwards is quicker, too: by then the engine has compiled what it runs often.
 */
export async function drawAhead(rasterTiles: RasterTiles, version: number, signal: AbortSignal): Promise<void> {
  for (const z of ZOOMS) {
    for (let i = 0; i < 4 ** z; i++) {
      for (const format of FORMATS) {
        await turn();
        if (signal.aborted) return;
        rasterTiles({ z, x: i % 2 ** z, y: Math.floor(i / 2 ** z) }, styleOf(format, version));
      }
    }
  }
}

function styleOf(format: RasterStyle["format"], version: number): RasterStyle {
  return { format, size: 256, scale: 1, graticule: false, label: false, version };
}
