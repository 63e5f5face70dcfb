import { StoreClosedError } from "../errors/store-closed-error.ts";
import type { StoredTiles } from "../ports/stored-tiles.ts";
import type { TileStore } from "../ports/tile-store.ts";
import { readCommit } from "./read-commit.ts";
import { readDownload, readLeaseRequest } from "./read-download.ts";
import {
  readKey,
  readName,
  readOptional,
  readRecord,
  readSource,
  readText,
  readTime,
  readWhole,
} from "./read-input.ts";
import {
  readCover,
  readEntries,
  readEviction,
  readFilter,
  readKeys,
  readLimits,
  readRemoval,
  readScan,
  readUse,
} from "./read-options.ts";

/**
 * Wraps what an adapter has written, so that every store refuses the same input with the same words, and refuses all
 * once it is closed. Behind it an adapter may rely on valid input. Whether what is named exists is for the adapter to say.
 */
export function checkedStore(driver: TileStore): TileStore {
  let closed: Promise<void> | undefined;
  const assertOpen = () => {
    if (closed !== undefined) throw new StoreClosedError();
  };

  /** `call`, once `check` has passed its arguments. A failed check is a rejection, as all failures are. */
  function checked<Args extends unknown[], T>(call: (...args: Args) => Promise<T>, check: (...args: Args) => unknown) {
    // Not an async function, which would make each read wait for another promise.
    return (...args: Args): Promise<T> => {
      try {
        assertOpen();
        check(...args);
        return call(...args);
      } catch (error) {
        return Promise.reject(error);
      }
    };
  }

  /** The same for what is gone over: its failures come with the first item. */
  function checkedItems<Args extends unknown[], T>(
    call: (...args: Args) => AsyncIterable<T>,
    check: (...args: Args) => unknown,
  ) {
    return async function* (...args: Args): AsyncGenerator<T, void, undefined> {
      assertOpen();
      check(...args);
      for await (const item of call(...args)) {
        yield item;
        assertOpen();
      }
    };
  }

  const { stores, metadata, tiles, downloads } = driver;
  return {
    stores: {
      create: checked(stores.create, (name, limits) => [readStore(name), readLimits(limits)]),
      delete: checked(stores.delete, readStore),
      rename: checked(stores.rename, (name, newName) => [readStore(name), readName(newName, "newName")]),
      reset: checked(stores.reset, readStore),
      list: checked(stores.list, nothing),
      has: checked(stores.has, readStore),
      limits: checked(stores.limits, readStore),
      setLimits: checked(stores.setLimits, (name, limits) => [readStore(name), readLimits(limits)]),
      stats: checked(stores.stats, readStore),
      recordUse: checked(stores.recordUse, (name, use) => [readStore(name), readUse(use)]),
    },
    metadata: {
      read: checked(metadata.read, readStore),
      set: checked(metadata.set, (store, entries) => [readStore(store), readEntries(entries)]),
      remove: checked(metadata.remove, (store, key) => [readStore(store), readText(key, "key")]),
      reset: checked(metadata.reset, readStore),
    },
    tiles: {
      read: checked(tiles.read, (key, filter) => [readKey(key, "key"), readFilter(filter)]),
      info: checked(tiles.info, (keys, filter) => [readKeys(keys), readFilter(filter)]),
      has: checked(tiles.has, (keys, filter) => [readKeys(keys), readFilter(filter)]),
      latest: checked(tiles.latest, readStore),
      scan: checkedItems(tiles.scan, readScan) as StoredTiles["scan"],
      remove: checked(tiles.remove, (store, keys, options) => [readStore(store), readKeys(keys), readRemoval(options)]),
      removeCover: checked(tiles.removeCover, (store, source, cover, options) => [
        readStore(store),
        readSource(source, "source"),
        readCover(cover),
        readRemoval(options),
      ]),
      removeOlderThan: checked(tiles.removeOlderThan, (store, time, options) => [
        readStore(store),
        readTime(time, "time"),
        readRemoval(options),
      ]),
      evictOldest: checked(tiles.evictOldest, (store, options) => [readStore(store), readEviction(options)]),
    },
    downloads: {
      put: checked((record: Parameters<typeof downloads.put>[0]) => downloads.put(readDownload(record)), readAnything),
      get: checked(downloads.get, readId),
      list: checked(downloads.list, (filter = {}) => {
        readRecord(filter, "filter");
        readOptional(filter.store, "store", readName);
      }),
      failed: checkedItems(downloads.failed, readId),
      remove: checked(downloads.remove, (id, options = {}) => {
        readId(id);
        readRecord(options, "options");
        readOptional(options.epoch, "epoch", readWhole);
      }),
      acquire: checked(downloads.acquire, (id, request) => [readId(id), readLeaseRequest(request)]),
      renew: checked(downloads.renew, (id, renewal) => {
        readId(id);
        readRecord(renewal, "renewal");
        readWhole(renewal.epoch, "epoch");
        readTime(renewal.expiresAt, "expiresAt");
      }),
      release: checked(downloads.release, (id, lease) => {
        readId(id);
        readRecord(lease, "lease");
        readWhole(lease.epoch, "epoch");
      }),
    },
    commit: checked(driver.commit, readCommit),
    stats: checked(driver.stats, nothing),
    changes$: driver.changes$,
    presence: driver.presence,
    close: () => {
      closed ??= driver.close();
      return closed;
    },
  };
}

function nothing(): void {}

/** What is read as it is handed on. */
function readAnything(_: unknown): void {}

function readStore(name: string): void {
  readName(name, "store");
}

function readId(id: string): void {
  readName(id, "id");
}
