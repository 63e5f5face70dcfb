import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { StoreHarness } from "@fmtc/core/testing";
import { openSqliteStore, type SqliteStore, type SqliteStoreOptions } from "../src/index.ts";
import { temporaryFolder } from "./temporary-folder.ts";

/** Databases in files of their own. */
export function fileHarness(options: SqliteStoreOptions): StoreHarness {
  return {
    supports: ["reopen", "connections", "versions", "presence"],
    open: async () => {
      const { folder, remove } = temporaryFolder();
      const path = join(folder, "tiles.db");
      const opened: SqliteStore[] = [];
      const connect = async () => {
        const store = await openSqliteStore(path, options);
        opened.push(store);
        return store;
      };
      return {
        store: await connect(),
        connect,
        makeNewer: async () => {
          const database = new DatabaseSync(path);
          database.exec("PRAGMA user_version = 1000");
          database.close();
        },
        cleanUp: async () => {
          await Promise.all(opened.map((store) => store.close()));
          remove();
        },
      };
    },
  };
}

export const memoryHarness: StoreHarness = {
  supports: [],
  open: async () => {
    const store = await openSqliteStore(":memory:");
    return {
      store,
      connect: async () => {
        throw new Error("A database in memory has one connection.");
      },
      cleanUp: () => store.close(),
    };
  },
};
