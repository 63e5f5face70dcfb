import { type NamedStores, StoreExistsError, type StoreLimits } from "@fmtc/core";
import type { Connection } from "./connection.ts";
import { dropDownloadsOf } from "./drop-downloads.ts";
import { nothingFreed } from "./freed.ts";
import { findStore, namedStore } from "./named-store.ts";
import { beginRemoval } from "./removal.ts";
import type { NamedStoreRecord, ReadTransaction, WriteTransaction } from "./schema.ts";
import { blocksOfStore } from "./walk-blocks.ts";

const REMOVES = ["stores", "blocks", "packs", "downloads", "failed"] as const;

export function namedStores({ read, write }: Connection): NamedStores {
  const change = async (
    tx: WriteTransaction,
    name: string,
    changed: (store: NamedStoreRecord) => Partial<NamedStoreRecord>,
  ) => {
    const store = await namedStore(tx, name);
    await tx.objectStore("stores").put({ ...store, ...changed(store) });
    return store;
  };

  return {
    create: (name, { maxLength, maxBytes } = {}) =>
      write(["stores"], async (tx, tell) => {
        if ((await findStore(tx, name)) !== undefined) return;
        // IndexedDB gives it its id.
        await tx.objectStore("stores").put({ ...UNUSED, name, maxLength, maxBytes } as NamedStoreRecord);
        tell("stores", [name]);
      }),
    delete: (name) =>
      write([...REMOVES, "metadata"], async (tx, tell) => {
        const store = await findStore(tx, name);
        if (store === undefined) return nothingFreed;
        const freed = await removeAll(tx, store, { storeGoes: true });
        const hadDownloads = await dropDownloadsOf(tx, store.id);
        await tx.objectStore("metadata").delete(IDBKeyRange.bound([store.id], [store.id, []]));
        await tx.objectStore("stores").delete(store.id);
        tell("stores", [name]);
        if (freed.removed > 0) tell("tiles", [name]);
        if (hadDownloads) tell("downloads", [name]);
        return freed;
      }),
    rename: (name, newName) =>
      write(["stores", "downloads"], async (tx, tell) => {
        const store = await namedStore(tx, name);
        if (name === newName) return;
        if ((await findStore(tx, newName)) !== undefined) throw new StoreExistsError(newName);
        await tx.objectStore("stores").put({ ...store, name: newName });
        tell("stores", [name, newName]);
        const downloads = await tx.objectStore("downloads").index("storeId").count(store.id);
        if (downloads > 0) tell("downloads", [name, newName]);
      }),
    reset: (name) =>
      write(REMOVES, async (tx, tell) => {
        const store = await namedStore(tx, name);
        const freed = await removeAll(tx, store);
        const hadDownloads = await dropDownloadsOf(tx, store.id);
        await change(tx, name, () => ({ hits: 0, misses: 0 }));
        if (freed.removed > 0) tell("tiles", [name]);
        tell("use", [name]);
        if (hadDownloads) tell("downloads", [name]);
        return freed;
      }),
    list: () => read(["stores"], async (tx) => (await allStores(tx)).map(({ name }) => name)),
    has: (name) => read(["stores"], async (tx) => (await findStore(tx, name)) !== undefined),
    limits: (name) => read(["stores"], async (tx) => limitsOf(await namedStore(tx, name))),
    setLimits: (name, limits) =>
      write(["stores"], async (tx, tell) => {
        await change(tx, name, (store) => limitsOf({ ...store, ...limits }));
        tell("stores", [name]);
      }),
    stats: (name) =>
      read(["stores"], async (tx) => {
        const { length, bytes, pinnedLength, pinnedBytes, hits, misses } = await namedStore(tx, name);
        return { length, bytes, pinnedLength, pinnedBytes, hits, misses };
      }),
    recordUse: (name, use) =>
      write(["stores"], async (tx, tell) => {
        await change(tx, name, ({ hits, misses }) => ({ hits: hits + use.hits, misses: misses + use.misses }));
        tell("use", [name]);
      }),
  };
}

/** All stores, in the order of the code units of their names, which is that of IndexedDB. */
export function allStores(tx: ReadTransaction): Promise<readonly NamedStoreRecord[]> {
  return tx.objectStore("stores").index("name").getAll();
}

const UNUSED = {
  length: 0,
  bytes: 0,
  pinnedLength: 0,
  pinnedBytes: 0,
  ownedLength: 0,
  ownedBytes: 0,
  hits: 0,
  misses: 0,
};

async function removeAll(tx: WriteTransaction, store: NamedStoreRecord, options?: { readonly storeGoes: boolean }) {
  const removal = beginRemoval(tx, store);
  for await (const block of blocksOfStore(tx, store.id)) await removal.take(block, () => true);
  return removal.finish(options);
}

function limitsOf({ maxLength, maxBytes }: StoreLimits): StoreLimits {
  return { maxLength, maxBytes };
}
