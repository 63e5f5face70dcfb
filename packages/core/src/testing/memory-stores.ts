import { StoreExistsError } from "../errors/store-exists-error.ts";
import type { NamedStores, StoreLimits } from "../ports/named-stores.ts";
import { type MemoryDatabase, type MemoryNamedStore, namedStore, takeOut } from "./memory-database.ts";

export function memoryStores(database: MemoryDatabase): NamedStores {
  const { stores, downloads, changes } = database;
  const dropDownloads = (name: string) => {
    const dropped = [...downloads.values()].filter(({ record }) => record.store === name);
    for (const { record } of dropped) downloads.delete(record.id);
    return dropped.length > 0;
  };

  return {
    create: async (name, limits = {}) => {
      if (stores.has(name)) return;
      stores.set(name, emptyStore({ maxLength: limits.maxLength, maxBytes: limits.maxBytes }));
      changes.next({ kind: "stores", stores: [name] });
    },
    delete: async (name) => {
      const store = stores.get(name);
      if (store === undefined) return { removed: 0, deleted: 0, bytes: 0 };
      const freed = takeOut(database, store, [...store.tiles.keys()]);
      stores.delete(name);
      const hadDownloads = dropDownloads(name);
      changes.next({ kind: "stores", stores: [name] });
      if (freed.removed > 0) changes.next({ kind: "tiles", stores: [name] });
      if (hadDownloads) changes.next({ kind: "downloads", stores: [name] });
      return freed;
    },
    rename: async (name, newName) => {
      const store = namedStore(database, name);
      if (name === newName) return;
      if (stores.has(newName)) throw new StoreExistsError(newName);
      stores.delete(name);
      stores.set(newName, store);
      const moved = [...downloads.values()].filter(({ record }) => record.store === name);
      for (const download of moved) download.record = { ...download.record, store: newName };
      changes.next({ kind: "stores", stores: [name, newName] });
      if (moved.length > 0) changes.next({ kind: "downloads", stores: [name, newName] });
    },
    reset: async (name) => {
      const store = namedStore(database, name);
      const freed = takeOut(database, store, [...store.tiles.keys()]);
      store.hits = 0;
      store.misses = 0;
      const hadDownloads = dropDownloads(name);
      if (freed.removed > 0) changes.next({ kind: "tiles", stores: [name] });
      changes.next({ kind: "use", stores: [name] });
      if (hadDownloads) changes.next({ kind: "downloads", stores: [name] });
      return freed;
    },
    list: async () => [...stores.keys()].sort(),
    has: async (name) => stores.has(name),
    limits: async (name) => copyOfLimits(namedStore(database, name).limits),
    setLimits: async (name, limits) => {
      const store = namedStore(database, name);
      store.limits = copyOfLimits({ ...store.limits, ...limits });
      changes.next({ kind: "stores", stores: [name] });
    },
    stats: async (name) => {
      const { tiles, bytes, pinnedLength, pinnedBytes, hits, misses } = namedStore(database, name);
      return { length: tiles.size, bytes, pinnedLength, pinnedBytes, hits, misses };
    },
    recordUse: async (name, { hits, misses }) => {
      const store = namedStore(database, name);
      store.hits += hits;
      store.misses += misses;
      changes.next({ kind: "use", stores: [name] });
    },
  };
}

function emptyStore(limits: StoreLimits): MemoryNamedStore {
  return {
    limits,
    metadata: new Map(),
    tiles: new Map(),
    bytes: 0,
    pinnedLength: 0,
    pinnedBytes: 0,
    hits: 0,
    misses: 0,
  };
}

function copyOfLimits({ maxLength, maxBytes }: StoreLimits): StoreLimits {
  return { maxLength, maxBytes };
}
