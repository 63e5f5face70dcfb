import {
  checkedStore,
  type ScanOptions,
  type StoreChange,
  StoreClosedError,
  StoreCorruptError,
  type StoredTile,
} from "@fmtc/core";
import { Subject } from "rxjs";
import { whenProcessExits } from "./at-exit.ts";
import type { Connection } from "./connection.ts";
import { openDirectWriter } from "./direct-writer.ts";
import type { JobArguments, JobName, JobValue } from "./jobs.ts";
import { processPresence } from "./presence.ts";
import { failedTiles, getDownload, listDownloads } from "./read-downloads.ts";
import { readOptions } from "./read-options.ts";
import { databaseStats } from "./read-stats.ts";
import { hasTiles, latestTile, readTile, tilesInfo } from "./read-tiles.ts";
import { openReader } from "./reader.ts";
import { reserveOf } from "./reserve.ts";
import { scanTiles } from "./scan-tiles.ts";
import { endSession, isOpenElsewhere } from "./sessions.ts";
import { spansOf } from "./spans-of.ts";
import type { SqliteStore, SqliteStoreOptions } from "./sqlite-store.ts";
import { findStoreId, readMetadata, storeLimits, storeNames, storeStats } from "./store-rows.ts";
import { openWorkerWriter } from "./worker-writer.ts";
import type { Writer } from "./writer.ts";

/**
 * Opens the database of a file, which is made if there is none, or an empty one in memory (":memory:").
 *
 * @throws StoreInputError if the path or an option is not valid.
 * @throws StoreUnavailableError if the file cannot be opened or written, or is not a database of fmtc.
 * @throws StoreVersionError if a newer version has written it.
 * @throws StoreCorruptError if it is damaged. It was moved aside then, and opening again makes a new one.
 * @example
 * const store = await openSqliteStore("tiles.db");
 */
export async function openSqliteStore(path: string, options: SqliteStoreOptions = {}): Promise<SqliteStore> {
  const { worker, ...database } = readOptions(path, options);
  const writer: Writer & { readonly connection?: Connection } = await (worker
    ? openWorkerWriter(database)
    : openDirectWriter(database));
  const isMemory = database.path === ":memory:";
  const reader = await openReaderOrClose(database.path, writer, isMemory ? writer.connection : undefined);
  const { read, readSlowly, items } = reader;
  const changes = new Subject<StoreChange>();
  const begun = new Set<Promise<unknown>>();
  let isClosed = false;

  /** Closing waits for it. */
  const begin = <T>(work: Promise<T>): Promise<T> => {
    const settled = work.then(forget, forget);
    begun.add(settled);
    function forget() {
      begun.delete(settled);
    }
    return work;
  };

  const write = <Name extends JobName>(name: Name, ...args: JobArguments<Name>): Promise<JobValue<Name>> =>
    begin(
      writer.run(name, ...args).then((outcome) => {
        for (const change of outcome.changes) changes.next(change);
        return outcome.value;
      }),
    );

  const latest = async (name: string): Promise<StoredTile | undefined> => {
    // Whoever writes in between can make it unknown again, but hardly so often.
    for (let tries = 0; tries < 10; tries++) {
      const found = read((connection) => latestTile(connection, name));
      if (found !== "unknown") return found;
      await write("findLatest", name);
    }
    throw new StoreCorruptError(`The latest tile of store ${JSON.stringify(name)} is not where it should be.`);
  };

  const exit = whenProcessExits(() => endSessionNow(reader.connection, writer.session, database.path));

  const store = checkedStore({
    stores: {
      create: (name, limits) => write("createStore", name, limits),
      delete: (name) => write("deleteStore", name),
      rename: (name, newName) => write("renameStore", name, newName),
      reset: (name) => write("resetStore", name),
      list: async () => read(storeNames),
      has: async (name) => read((connection) => findStoreId(connection, name) !== undefined),
      limits: async (name) => read((connection) => storeLimits(connection, name)),
      setLimits: (name, limits) => write("setLimits", name, limits),
      stats: async (name) => read((connection) => storeStats(connection, name)),
      recordUse: (name, use) => write("recordUse", name, use),
    },
    metadata: {
      read: async (name) => read((connection) => readMetadata(connection, name)),
      set: (name, entries) => write("setMetadata", name, entries),
      remove: (name, key) => write("removeMetadata", name, key),
      reset: (name) => write("resetMetadata", name),
    },
    tiles: {
      read: async (key, { stores } = {}) => read((connection) => readTile(connection, key, stores)),
      info: (keys, { stores } = {}) => begin(readSlowly((connection) => tilesInfo(connection, keys, stores))),
      has: (keys, { stores } = {}) => begin(readSlowly((connection) => hasTiles(connection, keys, stores))),
      latest: (name) => begin(latest(name)),
      scan: ((scan?: ScanOptions) =>
        items((connection) => scanTiles(connection, scan))) as SqliteStore["tiles"]["scan"],
      remove: (name, keys, removal) => write("removeTiles", name, keys, removal),
      removeCover: async (name, source, cover, removal) => write("removeSpans", name, source, spansOf(cover), removal),
      removeOlderThan: (name, time, removal) => write("removeOlderThan", name, time, removal),
      evictOldest: (name, eviction) => write("evictOldest", name, eviction),
    },
    downloads: {
      put: (record) => write("putDownload", record),
      get: async (id) => read((connection) => getDownload(connection, id)),
      list: async ({ store: name } = {}) => read((connection) => listDownloads(connection, name)),
      failed: (id) => items((connection) => failedTiles(connection, id)),
      remove: (id, removal) => write("removeDownload", id, removal),
      acquire: (id, request) => write("acquireDownload", id, request),
      renew: (id, renewal) => write("renewDownload", id, renewal),
      release: (id, lease) => write("releaseDownload", id, lease),
    },
    commit: (commit) => write("commitTiles", commit),
    stats: () => begin(readSlowly((connection) => databaseStats(connection, database.path, database.maxFileBytes))),
    changes$: changes.asObservable(),
    presence: processPresence(),
    close: async () => {
      isClosed = true;
      while (begun.size > 0) await Promise.all(begun);
      exit.takeBack();
      reader.close();
      await writer.close({ damage: reader.hasMetDamage() });
      changes.complete();
    },
  });

  return {
    ...store,
    reclaim: async () => {
      if (isClosed) throw new StoreClosedError();
      return { bytes: await begin(writer.reclaim()) };
    },
  };
}

/** A writer without a reader is of no use. */
async function openReaderOrClose(path: string, writer: Writer, shared: Connection | undefined) {
  try {
    return openReader(path, shared);
  } catch (error) {
    await writer.close({ damage: false });
    throw error;
  }
}

/** A program that ends without closing its stores has not crashed. */
function endSessionNow(connection: Connection, session: number, path: string): void {
  try {
    connection.exec("PRAGMA busy_timeout = 0");
    endSession(connection, session);
    if (path !== ":memory:" && !isOpenElsewhere(connection)) reserveOf(path).leave();
  } catch {
    // Somebody is writing. So the next one to open it checks the database, which does no harm.
  }
}
