import { StoreUnavailableError, StoreVersionError } from "@fmtc/core";
import { openDB } from "idb";
import { toStoreError } from "./idb-errors.ts";
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
 * @throws StoreFullError if there is no room for a new one.
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
    return await openWhenGone(name, migrations, options);
  } catch (cause) {
    if (!(cause instanceof DOMException)) throw cause;
    if (cause.name === "QuotaExceededError") throw toStoreError([cause], undefined);
    if (cause.name === "VersionError") throw new StoreVersionError(await versionOf(name), migrations.length);
    throw new StoreUnavailableError(
      `IndexedDB cannot be opened (${cause.name}: ${cause.message}). In a private window or with cookies blocked there is none: allow this site to store data, or open it in an ordinary window.`,
      { cause },
    );
  }
}

/** For a moment after the browser has taken a database away, Chromium aborts what would open it anew. */
async function openWhenGone(
  name: string,
  migrations: typeof MIGRATIONS,
  options: OpenDatabaseOptions,
): Promise<OpenedDatabase> {
  const end = performance.now() + options.timeoutMs;
  for (let pauseMs = 5; ; pauseMs *= 2) {
    try {
      return await openWithin(name, migrations, { ...options, timeoutMs: end - performance.now() });
    } catch (error) {
      const isAborted = error instanceof DOMException && error.name === "AbortError";
      if (!isAborted || performance.now() + pauseMs > end) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
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
    let upgradeFault: unknown;
    const timer = setTimeout(() => {
      isLate = true;
      reject(new StoreUnavailableError(isBlocked ? blockedText(name) : silentText(name)));
    }, timeoutMs);
    openDB<TileSchema>(name, migrations.length, {
      upgrade: (database, oldVersion, _, tx) => {
        clearTimeout(timer);
        wasCreated = oldVersion === 0;
        for (const migrate of migrations.slice(oldVersion)) migrate(database, tx);
        // The request itself will only say that it was aborted.
        tx.done.catch((error: unknown) => {
          upgradeFault = error;
        });
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
        reject(upgradeFault ?? error);
      },
    );
  });
}

function blockedText(name: string): string {
  return `The database ${JSON.stringify(name)} is still open in an older version, in another tab or worker of this site, and was not closed in time. Close the other tabs of this site and try again.`;
}

function silentText(name: string): string {
  return `IndexedDB has not opened the database ${JSON.stringify(name)} in time. Close other tabs of this site, or restart the browser, and try again.`;
}

/** The version of a database that is newer than ours; where the browser does not tell, the next one. */
async function versionOf(name: string): Promise<number> {
  const databases = await indexedDB.databases?.();
  return databases?.find((database) => database.name === name)?.version ?? MIGRATIONS.length + 1;
}
