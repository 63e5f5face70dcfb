import type { FailedTile } from "@fmtc/core";
import { listOf, type StoreMutant, withOther } from "./mutant.ts";

export const downloadMutants: readonly StoreMutant[] = [
  {
    what: "a record replaces the one of its id",
    caughtBy: "downloads/id-that-is-taken-is-refused",
    breaks: (store) =>
      withOther(store, "downloads", {
        put: async (record) => {
          await store.downloads.remove(record.id);
          await store.downloads.put(record);
        },
      }),
  },
  {
    what: "the newest record comes first",
    caughtBy: "downloads/list-begins-with-the-oldest",
    breaks: (store) =>
      withOther(store, "downloads", { list: async (filter) => (await store.downloads.list(filter)).toReversed() }),
  },
  {
    what: "records come by their ids",
    caughtBy: "downloads/list-begins-with-the-oldest",
    breaks: (store) =>
      withOther(store, "downloads", {
        list: async (filter) => (await store.downloads.list(filter)).toSorted((a, b) => (a.id < b.id ? -1 : 1)),
      }),
  },
  {
    what: "the records of all stores are listed",
    caughtBy: "downloads/list-begins-with-the-oldest",
    breaks: (store) => withOther(store, "downloads", { list: () => store.downloads.list() }),
  },
  {
    what: "a checkpoint adds to the counts",
    caughtBy: "downloads/checkpoint-replaces-the-progress",
    breaks: (store, { downloads }) => ({
      ...store,
      commit: async (commit) => {
        const download = downloads.get(commit.checkpoint?.download ?? "");
        const before = download?.record.progress.counts;
        await store.commit(commit);
        if (download === undefined) return;
        const { progress } = download.record;
        download.record = { ...download.record, progress: { ...progress, counts: { ...before, ...progress.counts } } };
      },
    }),
  },
  {
    what: "failed tiles come as they failed",
    caughtBy: "downloads/failed-tiles-come-by-their-places",
    breaks: (store, { downloads }) =>
      withOther(store, "downloads", {
        failed: async function* (id) {
          yield* downloads.get(id)?.failed.values() ?? [];
        },
      }),
  },
  {
    what: "failed tiles come in the order of texts",
    caughtBy: "downloads/failed-tiles-come-by-their-places",
    breaks: (store) =>
      withOther(store, "downloads", {
        failed: async function* (id) {
          const failed = await listOf(store.downloads.failed(id));
          yield* failed.toSorted((a, b) => (`${a.index}` < `${b.index}` ? -1 : 1));
        },
      }),
  },
  {
    what: "a tile that fails again keeps what it said first",
    caughtBy: "downloads/failed-tile-replaces-the-one-of-its-place",
    breaks: (store, { downloads }) => ({
      ...store,
      commit: async (commit) => {
        const failed = downloads.get(commit.checkpoint?.download ?? "")?.failed;
        const before = [...(failed ?? [])];
        await store.commit(commit);
        for (const [index, tile] of before) if (failed?.has(index)) failed.set(index, tile);
      },
    }),
  },
  {
    what: "recovered tiles stay among the failed ones",
    caughtBy: "downloads/recovered-tiles-have-failed-no-longer",
    breaks: (store) => ({
      ...store,
      commit: ({ checkpoint, ...commit }) =>
        store.commit({ ...commit, checkpoint: checkpoint && { ...checkpoint, recovered: [] } }),
    }),
  },
  {
    what: "failed tiles outlive their record",
    caughtBy: "downloads/removed-record-takes-its-failed-tiles-along-and-leaves-the-tiles",
    breaks: (store, { downloads }) => {
      const left = new Map<string, readonly FailedTile[]>();
      return withOther(store, "downloads", {
        remove: async (id, options) => {
          const failed = downloads.get(id)?.failed;
          if (failed !== undefined) left.set(id, [...failed.values()]);
          return store.downloads.remove(id, options);
        },
        put: async (record) => {
          await store.downloads.put(record);
          for (const tile of left.get(record.id) ?? []) downloads.get(record.id)?.failed.set(tile.index, tile);
        },
      });
    },
  },
  {
    what: "a removed record takes the tiles along",
    caughtBy: "downloads/removed-record-takes-its-failed-tiles-along-and-leaves-the-tiles",
    breaks: (store, { downloads }) =>
      withOther(store, "downloads", {
        remove: async (id, options) => {
          const name = downloads.get(id)?.record.store;
          const isRemoved = await store.downloads.remove(id, options);
          if (name !== undefined) await store.stores.reset(name);
          return isRemoved;
        },
      }),
  },
];
