import { mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { openSqliteStore, type SqliteStore } from "@fmtc/store-sqlite";
import { MissingError } from "../missing-error.ts";
import type { Settings } from "../settings.ts";

/** Opens the database, which is made if there is none. */
export async function createDatabase({ db, isDefaultDb }: Settings): Promise<SqliteStore> {
  if (isDefaultDb) await mkdir(dirname(db), { recursive: true });
  return openSqliteStore(db);
}

/**
 * Opens the database; never makes one.
 *
 * @throws MissingError if there is none.
 */
export async function openDatabase(settings: Settings): Promise<SqliteStore> {
  if (await hasDatabase(settings)) return openSqliteStore(settings.db);
  throw new MissingError(
    `There is no file ${settings.db} yet: "fmtc download" makes it. Another one is named by --db FILE.`,
  );
}

/** Whether there is a file that holds something. SQLite would make a database of an empty one. */
export async function hasDatabase({ db }: Settings): Promise<boolean> {
  try {
    const found = await stat(db);
    return !found.isFile() || found.size > 0;
  } catch (error) {
    if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR"))
      return false;
    throw error;
  }
}
