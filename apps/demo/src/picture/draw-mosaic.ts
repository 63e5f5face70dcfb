import type { TileStore } from "@fmtc/core";
import { SOURCE } from "../regions.ts";
import type { Frame } from "./frame.ts";
import { PALETTE } from "./palette.ts";
import type { Pen } from "./pen.ts";

/** Below this size tiles are told apart without lines between them. */
const LINES_FROM_PIXELS = 16;

/** Looks for a tile at every place of a frame, and draws those that are stored. Returns how many these were. */
export async function drawMosaic(pen: Pen, frame: Frame, store: TileStore): Promise<number> {
  let drawn = 0;
  for (const place of frame.places) {
    const tile = await store.tiles.read({ source: SOURCE, ...place });
    const box = frame.boxOf(place);
    pen.within(frame.box, () => {
      if (tile !== undefined) pen.image(tile.bytes, box);
      if (box.width < LINES_FROM_PIXELS) return;
      const [left, top] = [box.left + 0.5, box.top + 0.5];
      const corner = [
        { x: left, y: top + box.height },
        { x: left, y: top },
        { x: left + box.width, y: top },
      ];
      pen.stroke([corner], tile === undefined ? PALETTE.emptyGrid : PALETTE.tileGrid, { width: 1 });
    });
    if (tile !== undefined) drawn++;
  }
  return drawn;
}
