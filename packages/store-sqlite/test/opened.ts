import { join } from "node:path";
import { onTestFinished } from "vitest";
import { openSqliteStore, type SqliteStore, type SqliteStoreOptions } from "../src/index.ts";
import { temporaryFolder } from "./temporary-folder.ts";

/** A path in a folder of the current test, which is removed when it has finished. */
export function testPath(name = "tiles.db"): string {
  const { folder, remove } = temporaryFolder();
  onTestFinished(remove);
  return join(folder, name);
}

/** Opens a store, and closes it when the test has finished. */
export async function opened(path: string, options?: SqliteStoreOptions): Promise<SqliteStore> {
  const store = await openSqliteStore(path, options);
  onTestFinished(() => store.close());
  return store;
}
