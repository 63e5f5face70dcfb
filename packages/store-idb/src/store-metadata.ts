import type { StoreMetadata } from "@fmtc/core";
import type { Connection } from "./connection.ts";
import { namedStore } from "./named-store.ts";

const NAMES = ["stores", "metadata"] as const;

export function storeMetadata({ read, write }: Connection): StoreMetadata {
  return {
    read: (store) =>
      read(NAMES, async (tx) => {
        const { id } = await namedStore(tx, store);
        const metadata = tx.objectStore("metadata");
        const [keys, values] = await Promise.all([metadata.getAllKeys(entriesOf(id)), metadata.getAll(entriesOf(id))]);
        return Object.fromEntries(keys.map(([, key], i) => [key, values[i] ?? ""]));
      }),
    set: (store, entries) =>
      write(NAMES, async (tx, tell) => {
        const { id } = await namedStore(tx, store);
        const metadata = tx.objectStore("metadata");
        await Promise.all(Object.entries(entries).map(([key, value]) => metadata.put(value, [id, key])));
        tell("metadata", [store]);
      }),
    remove: (store, key) =>
      write(NAMES, async (tx, tell) => {
        const { id } = await namedStore(tx, store);
        const metadata = tx.objectStore("metadata");
        const value = await metadata.get([id, key]);
        if (value === undefined) return undefined;
        await metadata.delete([id, key]);
        tell("metadata", [store]);
        return value;
      }),
    reset: (store) =>
      write(NAMES, async (tx, tell) => {
        const { id } = await namedStore(tx, store);
        await tx.objectStore("metadata").delete(entriesOf(id));
        tell("metadata", [store]);
      }),
  };
}

function entriesOf(storeId: number): IDBKeyRange {
  return IDBKeyRange.bound([storeId], [storeId, []]);
}
