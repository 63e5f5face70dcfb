import { RegionError, StoreInputError } from "@fmtc/core";
import { type StoreMutant, withOther } from "./mutant.ts";

const whole = (text: string) => (typeof text === "string" ? text.replace(/\p{Surrogate}/gu, "\uFFFD") : text);

export const inputMutants: readonly StoreMutant[] = [
  {
    what: "halves of characters are replaced",
    caughtBy: "invalid-input/to-stores",
    breaks: (store) => withOther(store, "stores", { has: (name) => store.stores.has(whole(name)) }),
  },
  {
    what: "limits are rounded",
    caughtBy: "invalid-input/to-stores",
    breaks: (store) =>
      withOther(store, "stores", {
        setLimits: (name, limits) => {
          const { maxLength } = limits ?? {};
          const isNumber = typeof maxLength === "number" && maxLength > 0;
          return store.stores.setLimits(name, isNumber ? { ...limits, maxLength: Math.floor(maxLength) } : limits);
        },
      }),
  },
  {
    what: "a place beyond the deepest zoom is only not there",
    caughtBy: "invalid-input/to-tiles",
    breaks: (store) =>
      withOther(store, "tiles", {
        read: async (key, filter) => (key?.z === 25 ? undefined : store.tiles.read(key, filter)),
      }),
  },
  {
    what: "an error names the place of a key and not its field",
    caughtBy: "invalid-input/to-tiles",
    breaks: (store) =>
      withOther(store, "tiles", {
        has: (keys, filter) =>
          store.tiles.has(keys, filter).catch((error) => {
            if (!StoreInputError.isInstance(error)) throw error;
            throw new StoreInputError(error.field.replace(/\..*/, ""), error.value, "is not valid.");
          }),
      }),
  },
  {
    what: "a bad time removes nothing",
    caughtBy: "invalid-input/to-removals",
    breaks: (store) =>
      withOther(store, "tiles", {
        removeOlderThan: async (name, time, options) =>
          Number.isNaN(time) ? { removed: 0, deleted: 0, bytes: 0 } : store.tiles.removeOlderThan(name, time, options),
      }),
  },
  {
    what: "an ArrayBuffer will do for bytes",
    caughtBy: "invalid-input/to-commit",
    breaks: (store) => ({
      ...store,
      commit: (commit) => {
        const fixed = (bytes: unknown) =>
          bytes instanceof ArrayBuffer ? new Uint8Array(bytes) : (bytes as Uint8Array);
        if (!Array.isArray(commit?.tiles)) return store.commit(commit);
        const tiles = commit.tiles.map(
          (tile) => tile && { ...tile, ...("bytes" in Object(tile) && { bytes: fixed(tile.bytes) }) },
        );
        return store.commit({ ...commit, tiles });
      },
    }),
  },
  {
    what: "ranges that touch are joined",
    caughtBy: "invalid-input/to-checkpoints",
    breaks: (store) => ({
      ...store,
      commit: (commit) => {
        const { checkpoint } = commit ?? {};
        const { finished } = checkpoint?.progress ?? {};
        if (checkpoint === undefined || !Array.isArray(finished) || finished[1] !== finished[2])
          return store.commit(commit);
        const progress = { ...checkpoint.progress, finished: finished.toSpliced(1, 2) };
        return store.commit({ ...commit, checkpoint: { ...checkpoint, progress } });
      },
    }),
  },
  {
    what: "what is not JSON is left out of a record",
    caughtBy: "invalid-input/to-downloads",
    breaks: (store) =>
      withOther(store, "downloads", {
        put: (record) => {
          const { bad, ...options } = record?.options ?? {};
          return store.downloads.put(typeof bad === "bigint" ? { ...record, options } : record);
        },
      }),
  },
  {
    what: "the region of a record is not looked at",
    caughtBy: "invalid-input/to-downloads",
    breaks: (store) =>
      withOther(store, "downloads", {
        put: (record) =>
          store.downloads.put(record).catch((error) => {
            if (!RegionError.isInstance(error)) throw error;
          }),
      }),
  },
  {
    what: "failures are thrown at once",
    caughtBy: "invalid-input/to-metadata",
    breaks: (store) =>
      withOther(store, "metadata", {
        read: (name) => {
          if (name === "") throw new StoreInputError("store", name, "is empty.");
          return store.metadata.read(name);
        },
      }),
  },
  {
    what: "an error repeats the URL",
    caughtBy: "invalid-input/urls-are-no-sources",
    breaks: (store) => ({
      ...store,
      commit: (commit) =>
        store.commit(commit).catch(() => {
          throw new StoreInputError("tiles[0].source", commit.tiles[0]?.source, "is a URL.");
        }),
    }),
  },
  {
    what: "sources are told apart by their first hundred characters",
    caughtBy: "hostile-texts/as-sources",
    breaks: (store) => ({
      ...store,
      commit: (commit) =>
        store.commit({
          ...commit,
          tiles: commit.tiles.map((tile) => ({ ...tile, source: tile.source.slice(0, 100) })),
        }),
    }),
  },
  {
    what: "ids of downloads are compared without case",
    caughtBy: "hostile-texts/as-ids-of-downloads",
    breaks: (store) =>
      withOther(store, "downloads", { get: (id) => store.downloads.get(id === "Plain" ? "plain" : id) }),
  },
  {
    what: "empty details are lost",
    caughtBy: "hostile-texts/as-details-of-tiles",
    breaks: (store) => ({
      ...store,
      commit: (commit) =>
        store.commit({ ...commit, tiles: commit.tiles.map((tile) => ({ ...tile, etag: tile.etag || undefined })) }),
    }),
  },
];
