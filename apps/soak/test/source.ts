import type { TileSource } from "@fmtc/core";

/** The tile server's map. No tile of it counts as sea, so that every tile is one to keep. */
export function sourceOf(url: string, id = "world"): TileSource {
  return { id, url: `${url}/xyz/{z}/{x}/{y}.png`, seaTiles: [] };
}

/** What the server counts a tile under. */
export function pathOf({ z, x, y }: { readonly z: number; readonly x: number; readonly y: number }): string {
  return `/xyz/${z}/${x}/${y}.png`;
}
