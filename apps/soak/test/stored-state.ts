import type { Cover, FailedTile } from "@fmtc/core";
import { openSqliteStore } from "@fmtc/store-sqlite";
import { pathOf } from "./source.ts";

/** What is safe on the disk, whoever has written it. Tiles are named by their paths on the server. */
export interface StoredState {
  /** The tiles of the store. */
  readonly stored: ReadonlySet<string>;
  /** The tiles that the download's record calls finished; undefined if there is no record. */
  readonly finished: ReadonlySet<string> | undefined;
  readonly failed: ReadonlyMap<string, FailedTile>;
}

/** Opens the database as another process would, and reads it all. */
export async function storedState(database: string, id: string, cover: Cover): Promise<StoredState> {
  const store = await openSqliteStore(database, { worker: false });
  try {
    const stored = new Set<string>();
    for await (const tile of store.tiles.scan({ stores: ["hiking"] })) stored.add(pathOf(tile));
    const failed = new Map<string, FailedTile>();
    for await (const tile of store.downloads.failed(id)) failed.set(pathOf(tile), tile);
    const record = await store.downloads.get(id);
    return { stored, failed, finished: record && finishedPaths(cover, record.progress.finished) };
  } finally {
    await store.close();
  }
}

/** `ranges`: pairs of a first and a last place, the last not included. */
function finishedPaths(cover: Cover, ranges: readonly number[]): ReadonlySet<string> {
  const paths = [...cover].map(pathOf);
  const finished = new Set<string>();
  for (let i = 0; i < ranges.length; i += 2) {
    for (const path of paths.slice(ranges[i], ranges[i + 1])) finished.add(path);
  }
  return finished;
}
