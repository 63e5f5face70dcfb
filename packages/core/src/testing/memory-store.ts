import { Subject } from "rxjs";
import type { StoreChange } from "../ports/store-change.ts";
import type { TileStore } from "../ports/tile-store.ts";
import { checkedStore } from "../store/checked-store.ts";
import { memoryCommit } from "./memory-commit.ts";
import { createMemoryDatabase, type MemoryDatabase } from "./memory-database.ts";
import { memoryDownloads } from "./memory-downloads.ts";
import { memoryMetadata } from "./memory-metadata.ts";
import { memoryStores } from "./memory-stores.ts";
import { memoryTiles } from "./memory-tiles.ts";

/**
 * A store that keeps everything in memory, for tests: it keeps all that the port promises but what survives the program.
 * Given a database, it is another connection to it.
 *
 * @example
 * const store = await openMemoryStore();
 */
export async function openMemoryStore(database: MemoryDatabase = createMemoryDatabase()): Promise<TileStore> {
  const changes = new Subject<StoreChange>();
  const subscription = database.changes.subscribe(changes);
  return checkedStore({
    stores: memoryStores(database),
    metadata: memoryMetadata(database),
    tiles: memoryTiles(database),
    downloads: memoryDownloads(database),
    commit: memoryCommit(database),
    stats: async () => ({
      length: database.tiles.size,
      bytes: database.bytes,
      diskBytes: database.bytes,
      stores: [...database.stores.keys()].sort(),
    }),
    changes$: changes.asObservable(),
    close: async () => {
      subscription.unsubscribe();
      changes.complete();
    },
  });
}
