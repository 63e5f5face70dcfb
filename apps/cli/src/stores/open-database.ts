import { mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { openSqliteStore, type SqliteStore } from "@fmtc/store-sqlite";
import { MissingError } from "../missing-error.ts";
import type { Settings } from "../settings.ts";

/**
 * Opens the database, which is made if there is none.
 *
 * @throws MissingError if a folder for it was named that is not there.
 */
export async function createDatabase({ db, isDefaultDb }: Settings): Promise<SqliteStore> {
  if (isDefaultDb) await mkdir(dirname(db), { recursive: true });
  else await assertFolder(db);
  return openSqliteStore(db);
}

/**
 * Opens the database; never makes one.
 *
 * @throws MissingError if there is none.
 */
export async function openDatabase(settings: Settings): Promise<SqliteStore> {
  const { db, isDefaultDb } = settings;
  const size = await sizeOf(db);
  if (size !== undefined && size > 0) return openSqliteStore(db);
  const how = '"fmtc download" makes it. Another one is named by --db FILE.';
  // SQLite would make a database of it.
  if (size === 0) throw new MissingError(`The file ${db} is empty: ${how.replace("it.", "a database of it.")}`);
  if (!isDefaultDb) await assertFolder(db);
  throw new MissingError(`There is no file ${db} yet: ${how}`);
}

/** Whether there is a file that holds something. */
export async function hasDatabase({ db }: Settings): Promise<boolean> {
  const size = await sizeOf(db);
  return size !== undefined && size > 0;
}

async function assertFolder(db: string): Promise<void> {
  const folder = dirname(db);
  if ((await sizeOf(folder)) !== undefined) return;
  throw new MissingError(`There is no folder ${folder}: make it first, or name another file by --db FILE.`);
}

/** Undefined if there is nothing; what is no file, such as a folder, counts as one that holds something. */
async function sizeOf(path: string): Promise<number | undefined> {
  try {
    const found = await stat(path);
    return found.isFile() ? found.size : Infinity;
  } catch (error) {
    if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR")) return;
    throw error;
  }
}
