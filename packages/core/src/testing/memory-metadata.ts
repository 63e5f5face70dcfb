import type { StoreMetadata } from "../ports/store-metadata.ts";
import { type MemoryDatabase, namedStore } from "./memory-database.ts";

export function memoryMetadata(database: MemoryDatabase): StoreMetadata {
  const changed = (store: string) => database.changes.next({ kind: "metadata", stores: [store] });
  return {
    read: async (store) => Object.fromEntries(namedStore(database, store).metadata),
    set: async (store, entries) => {
      const { metadata } = namedStore(database, store);
      for (const [key, value] of Object.entries(entries)) metadata.set(key, value);
      changed(store);
    },
    remove: async (store, key) => {
      const { metadata } = namedStore(database, store);
      const value = metadata.get(key);
      if (metadata.delete(key)) changed(store);
      return value;
    },
    reset: async (store) => {
      namedStore(database, store).metadata.clear();
      changed(store);
    },
  };
}
