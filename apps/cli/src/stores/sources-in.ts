import type { TileStore } from "@fmtc/core";

const DEEPEST = 24;
const LAST = 2 ** DEEPEST - 1;

/** The ids of the sources that a store has tiles of. It reads a page of tiles for each, not all of them. */
export async function sourcesIn(store: TileStore, name: string): Promise<readonly string[]> {
  const ids: string[] = [];
  for (;;) {
    const last = ids.at(-1);
    const after = last === undefined ? undefined : { source: last, z: DEEPEST, x: LAST, y: LAST };
    const next = await firstOf(store.tiles.scan({ stores: [name], after }));
    if (next === undefined) return ids;
    ids.push(next.source);
  }
}

async function firstOf<T>(items: AsyncIterable<T>): Promise<T | undefined> {
  for await (const item of items) return item;
  return undefined;
}
