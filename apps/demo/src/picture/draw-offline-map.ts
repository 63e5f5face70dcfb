import type { TileStore } from "@fmtc/core";
import { journey } from "../regions.ts";
import { drawMosaic } from "./draw-mosaic.ts";
import { drawOutlines, drawRide } from "./draw-regions.ts";
import { frameAround } from "./frame.ts";
import { HEIGHT, MAIN_MAP, type MapPlace, SMALL_MAPS, WIDTH } from "./layout.ts";
import { PALETTE } from "./palette.ts";
import { Pen } from "./pen.ts";
import { loadSkia } from "./skia.ts";
import { writeCaptions } from "./write-captions.ts";

export interface OfflineMap {
  readonly png: Uint8Array;
  /** How many tiles it is made of. */
  readonly drawn: number;
}

/**
 * Draws what is stored of the demo's regions, and nothing else: where no tile is, the page is seen. `remark`: what the
 * caption says besides.
 */
export async function drawOfflineMap(store: TileStore, remark: string): Promise<OfflineMap> {
  const skia = await loadSkia();
  const surface = skia.kit.MakeSurface(WIDTH, HEIGHT);
  if (surface === null) throw new Error(`There is no memory for a picture of ${WIDTH} × ${HEIGHT} pixels.`);
  const pen = new Pen(skia, surface.getCanvas());
  pen.clear(PALETTE.page);

  const drawn = new Map<MapPlace, number>();
  for (const map of [MAIN_MAP, ...SMALL_MAPS]) {
    const frame = frameAround(journey.region, map);
    drawn.set(map, await drawMosaic(pen, frame, store));
    drawOutlines(pen, frame, map === MAIN_MAP ? 2.5 : 1);
    if (map === MAIN_MAP) drawRide(pen, frame);
  }
  const { length } = await store.stats();
  writeCaptions(pen, { stored: length, drawn, remark });

  const image = surface.makeImageSnapshot();
  const png = image.encodeToBytes();
  image.delete();
  surface.dispose();
  if (png === null) throw new Error("Skia cannot encode the picture as a PNG.");
  return { png, drawn: [...drawn.values()].reduce((sum, count) => sum + count, 0) };
}
