import type { TileStore } from "@fmtc/core";
import { createMemoryDatabase, type MemoryDatabase, openMemoryStore, type StoreHarness } from "@fmtc/core/testing";

/** Memory stores for the suite; `breaking` may put another store in the place of each. */
export function memoryHarness(
  breaking: (store: TileStore, database: MemoryDatabase) => TileStore = (store) => store,
): StoreHarness {
  return {
    supports: ["reopen", "connections", "shared-changes"],
    open: async () => {
      const database = createMemoryDatabase();
      const opened: TileStore[] = [];
      const connect = async () => {
        const store = breaking(await openMemoryStore(database), database);
        opened.push(store);
        return store;
      };
      return {
        store: await connect(),
        connect,
        cleanUp: async () => {
          await Promise.all(opened.map((store) => store.close()));
        },
      };
    },
  };
}
