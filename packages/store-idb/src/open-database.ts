import { StoreUnavailableError, StoreVersionError } from "@fmtc/core";
import { openDB } from "idb";
import { type Database, MIGRATIONS, OBJECT_STORES, type TileSchema } from "./schema.ts";

export interface OpenDatabaseOptions {
  readonly timeoutMs: number;
  /** Default: those of this version. */
  readonly migrations?: typeof MIGRATIONS;
  /** Another connection of an older version does not close. */
  readonly onBlocked: () => void;
  /** Another connection wants to upgrade or to delete the database. */
  readonly onVersionChange: (isDeletion: boolean) => void;
  /** The browser has closed the connection, as it does when the site's data is cleared. */
  readonly onTerminated: () => void;
}

export interface OpenedDatabase {
  readonly database: Database;
  readonly wasCreated: boolean;
}

/**
 * @throws StoreVersionError if a newer version has written the database.
 * @throws StoreUnavailableError if there is no IndexedDB, it is switched off, it does not answer, or it has another
 * database under this name.
 */
export async function openDatabase(name: string, options: OpenDatabaseOptions): Promise<OpenedDatabase> {
  if (globalThis.indexedDB === undefined) {
    throw new StoreUnavailableError(
      "There is no IndexedDB here. This store is for web pages and workers; in Node and Electron use @fmtc/store-sqlite.",
    );
  }
  const opened = await openOrExplain(name, options);
  const { objectStoreNames } = opened.database;
  if (OBJECT_STORES.every((each) => objectStoreNames.contains(each))) return opened;
  opened.database.close();
  throw new StoreUnavailableError(
    `The IndexedDB database ${JSON.stringify(name)} holds something else, and has been left as it is. Choose another name.`,
  );
}

async function openOrExplain(name: string, options: OpenDatabaseOptions): Promise<OpenedDatabase> {
  const { migrations = MIGRATIONS } = options;
  try {
    return await openWithin(name, migrations, options);
  } catch (cause) {
    if (!(cause instanceof DOMException)) throw cause;
    if (cause.name === "VersionError") throw new StoreVersionError(await versionOf(name), migrations.length);
    throw new StoreUnavailableError(
      `IndexedDB cannot be opened (${cause.name}: ${cause.message}). In a private window or with cookies blocked there is none: allow this site to store data, or open it in an ordinary window.`,
      { cause },
    );
  }
}

/** What takes too long fails; should it open after that, it is closed again. An upgrade may take as long as it wants. */
function openWithin(
  name: string,
  migrations: typeof MIGRATIONS,
  { timeoutMs, ...on }: OpenDatabaseOptions,
): Promise<OpenedDatabase> {
  return new Promise((resolve, reject) => {
    let isBlocked = false;
    let wasCreated = false;
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      reject(new StoreUnavailableError(isBlocked ? blockedText(name, timeoutMs) : silentText(name, timeoutMs)));
    }, timeoutMs);
    openDB<TileSchema>(name, migrations.length, {
      upgrade: (database, oldVersion, _, tx) => {
        clearTimeout(timer);
        wasCreated = oldVersion === 0;
        for (const migrate of migrations.slice(oldVersion)) migrate(database, tx);
      },
      blocked: () => {
        isBlocked = true;
        on.onBlocked();
      },
      blocking: (_, newVersion) => on.onVersionChange(newVersion === null),
      terminated: on.onTerminated,
    }).then(
      (database) => {
        clearTimeout(timer);
        if (isLate) database.close();
        else resolve({ database, wasCreated });
      },
      (error: unknown) => {
        clearTimeout(timer);
        reject(error);
      },
    );
  });
}

function blockedText(name: string, timeoutMs: number): string {
  return `The database ${JSON.stringify(name)} is still open in an older version, in another tab or worker of this site, and has not been closed within ${timeoutMs} ms. Close the other tabs of this site and try again.`;
}

function silentText(name: string, timeoutMs: number): string {
  return `IndexedDB has not opened the database ${JSON.stringify(name)} within ${timeoutMs} ms. Close other tabs of this site, or restart the browser, and try again.`;
}

/** The version of a database that is newer than ours; where the browser does not tell, the next one. */
async function versionOf(name: string): Promise<number> {
  const databases = await indexedDB.databases?.();
  return databases?.find((database) => database.name === name)?.version ?? MIGRATIONS.length + 1;
}
