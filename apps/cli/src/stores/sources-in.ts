import type { TileStore } from "@fmtc/core";
import { DEEPEST_ZOOM } from "../deepest-zoom.ts";
import { firstTile } from "./first-tile.ts";

/** The ids of the sources that a store has tiles of. It reads a page of tiles for each, not all of them. */
export async function sourcesIn(store: TileStore, name: string): Promise<readonly string[]> {
  const ids: string[] = [];
  let next = await firstTile(store, name);
  while (next !== undefined) {
    ids.push(next.source);
    next = await firstTile(store, name, { behind: { source: next.source, z: DEEPEST_ZOOM } });
  }
  return ids;
}
