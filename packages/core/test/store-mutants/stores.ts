import { StoreExistsError } from "@fmtc/core";
import { type StoreMutant, withOther } from "./mutant.ts";

export const storeMutants: readonly StoreMutant[] = [
  {
    what: "creating again sets the limits",
    caughtBy: "lifecycle/creating-again-changes-nothing",
    breaks: (store) =>
      withOther(store, "stores", {
        create: async (name, limits = {}) => {
          await store.stores.create(name, limits);
          await store.stores.setLimits(name, limits);
        },
      }),
  },
  {
    what: "creating again begins anew",
    caughtBy: "lifecycle/creating-again-changes-nothing",
    breaks: (store) =>
      withOther(store, "stores", {
        create: async (name, limits) => {
          await store.stores.delete(name);
          await store.stores.create(name, limits);
        },
      }),
  },
  {
    what: "names are normalised",
    caughtBy: "hostile-texts/as-names-of-stores",
    breaks: (store) =>
      withOther(store, "stores", { create: (name, limits) => store.stores.create(name.normalize("NFC"), limits) }),
  },
  {
    what: "names are trimmed when they are looked for",
    caughtBy: "hostile-texts/names-that-nobody-gave-are-not-there",
    breaks: (store) => withOther(store, "stores", { has: (name) => store.stores.has(name.trim() || name) }),
  },
  {
    what: "names end at a NUL",
    caughtBy: "hostile-texts/as-names-of-stores",
    breaks: (store) =>
      withOther(store, "stores", {
        create: (name, limits) => store.stores.create(name.replace(/(?<=.)\0.*/s, ""), limits),
      }),
  },
  {
    what: "names come by code points",
    caughtBy: "lifecycle/names-come-in-the-order-of-their-code-units",
    breaks: (store) =>
      withOther(store, "stores", {
        list: async () =>
          [...(await store.stores.list())].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))),
      }),
  },
  {
    what: "an unknown store has limits of its own",
    caughtBy: "lifecycle/what-names-an-unknown-store-fails",
    breaks: (store) =>
      withOther(store, "stores", {
        setLimits: async (name, limits) => {
          await store.stores.create(name);
          await store.stores.setLimits(name, limits);
        },
      }),
  },
  {
    what: "undefined leaves a limit",
    caughtBy: "lifecycle/limits-are-set-one-by-one-and-lifted-by-undefined",
    breaks: (store) =>
      withOther(store, "stores", {
        setLimits: (name, limits) => store.stores.setLimits(name, JSON.parse(JSON.stringify(limits))),
      }),
  },
  {
    what: "setting one limit lifts the other",
    caughtBy: "lifecycle/limits-are-set-one-by-one-and-lifted-by-undefined",
    breaks: (store) =>
      withOther(store, "stores", {
        setLimits: (name, { maxLength, maxBytes }) => store.stores.setLimits(name, { maxLength, maxBytes }),
      }),
  },
  {
    what: "setting limits evicts",
    caughtBy: "lifecycle/limits-evict-nothing-by-themselves",
    breaks: (store) =>
      withOther(store, "stores", {
        setLimits: async (name, limits) => {
          await store.stores.setLimits(name, limits);
          await store.tiles.evictOldest(name);
        },
      }),
  },
  {
    what: "hits and misses are set",
    caughtBy: "lifecycle/hits-and-misses-add-up",
    breaks: (store, { stores }) =>
      withOther(store, "stores", {
        recordUse: async (name, use) => {
          const named = stores.get(name);
          if (named !== undefined) Object.assign(named, { hits: 0, misses: 0 });
          await store.stores.recordUse(name, use);
        },
      }),
  },
  {
    what: "hits and misses are read, and written later",
    caughtBy: "concurrency/two-connections-lose-no-update",
    breaks: (store, { stores }) =>
      withOther(store, "stores", {
        recordUse: async (name, use) => {
          const { hits, misses } = await store.stores.stats(name);
          const named = stores.get(name);
          if (named !== undefined) Object.assign(named, { hits: hits + use.hits, misses: misses + use.misses });
        },
      }),
  },
  {
    what: "a rename overwrites",
    caughtBy: "lifecycle/rename-to-a-taken-name-fails-and-changes-nothing",
    breaks: (store) =>
      withOther(store, "stores", {
        rename: async (name, newName) => {
          if (newName !== name) await store.stores.delete(newName);
          await store.stores.rename(name, newName);
        },
      }),
  },
  {
    what: "a rename to the same name fails",
    caughtBy: "lifecycle/rename-to-its-own-name-changes-nothing",
    breaks: (store) =>
      withOther(store, "stores", {
        rename: async (name, newName) => {
          if (name === newName) throw new StoreExistsError(newName);
          await store.stores.rename(name, newName);
        },
      }),
  },
  {
    what: "a rename forgets the metadata",
    caughtBy: "lifecycle/rename-takes-everything-along",
    breaks: (store) =>
      withOther(store, "stores", {
        rename: async (name, newName) => {
          if (name !== newName) await store.metadata.reset(name);
          await store.stores.rename(name, newName);
        },
      }),
  },
  {
    what: "a rename leaves the records of downloads",
    caughtBy: "downloads/records-follow-a-rename",
    breaks: (store, { downloads }) =>
      withOther(store, "stores", {
        rename: async (name, newName) => {
          const before = [...downloads.values()].map((download) => ({ download, record: download.record }));
          await store.stores.rename(name, newName);
          for (const { download, record } of before) download.record = record;
        },
      }),
  },
  {
    what: "a reset drops the metadata",
    caughtBy: "removal/reset-empties-but-keeps-metadata-and-limits",
    breaks: (store) =>
      withOther(store, "stores", {
        reset: async (name) => {
          const freed = await store.stores.reset(name);
          await store.metadata.reset(name);
          return freed;
        },
      }),
  },
  {
    what: "a reset keeps hits and misses",
    caughtBy: "removal/reset-empties-but-keeps-metadata-and-limits",
    breaks: (store) =>
      withOther(store, "stores", {
        reset: async (name) => {
          const { hits, misses } = await store.stores.stats(name);
          const freed = await store.stores.reset(name);
          await store.stores.recordUse(name, { hits, misses });
          return freed;
        },
      }),
  },
  {
    what: "a reset keeps the records of downloads",
    caughtBy: "downloads/records-go-with-delete-and-reset",
    breaks: (store, { downloads }) =>
      withOther(store, "stores", {
        reset: async (name) => {
          const before = [...downloads];
          const freed = await store.stores.reset(name);
          for (const [id, download] of before) downloads.set(id, download);
          return freed;
        },
      }),
  },
  {
    what: "a delete leaves orphans",
    caughtBy: "removal/delete-takes-the-store-with-all-that-is-its-own",
    breaks: (store, { tiles }) =>
      withOther(store, "stores", {
        delete: async (name) => {
          const before = [...tiles];
          const freed = await store.stores.delete(name);
          for (const [key, tile] of before) tiles.set(key, tile);
          return freed;
        },
      }),
  },
  {
    what: "a delete leaves the metadata to the next store of the name",
    caughtBy: "metadata/deleted-store-leaves-none-to-its-successor",
    breaks: (store) => {
      const left = new Map<string, Readonly<Record<string, string>>>();
      return withOther(store, "stores", {
        delete: async (name) => {
          if (await store.stores.has(name)) left.set(name, await store.metadata.read(name));
          return store.stores.delete(name);
        },
        create: async (name, limits) => {
          const isNew = !(await store.stores.has(name));
          await store.stores.create(name, limits);
          if (isNew) await store.metadata.set(name, left.get(name) ?? {});
        },
      });
    },
  },
  {
    what: "a delete of what is not there fails",
    caughtBy: "removal/delete-of-what-is-not-there-does-nothing",
    breaks: (store) =>
      withOther(store, "stores", {
        delete: async (name) => {
          await store.stores.stats(name);
          return store.stores.delete(name);
        },
      }),
  },
  {
    what: "setting an entry of metadata replaces the others",
    caughtBy: "metadata/set-adds-replaces-and-leaves-the-others",
    breaks: (store) =>
      withOther(store, "metadata", {
        set: async (name, entries) => {
          await store.metadata.reset(name);
          await store.metadata.set(name, entries);
        },
      }),
  },
  {
    what: "a key of metadata named __proto__ is lost",
    caughtBy: "hostile-texts/as-metadata",
    breaks: (store) =>
      withOther(store, "metadata", {
        read: async (name) => {
          const entries: Record<string, string> = {};
          for (const [key, value] of Object.entries(await store.metadata.read(name))) entries[key] = value;
          return entries;
        },
      }),
  },
  {
    what: "removed metadata is not returned",
    caughtBy: "metadata/remove-takes-one-entry-and-returns-what-it-held",
    breaks: (store) =>
      withOther(store, "metadata", {
        remove: async (name, key) => {
          await store.metadata.remove(name, key);
          return undefined;
        },
      }),
  },
];
