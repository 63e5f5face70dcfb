import type { StoreMutant } from "./mutant.ts";

export const commitMutants: readonly StoreMutant[] = [
  {
    what: "each tile is a transaction of its own",
    caughtBy: "atomicity/last-tile-has-no-bytes",
    breaks: (store) => ({
      ...store,
      commit: async ({ tiles, ...commit }) => {
        for (const tile of tiles) await store.commit({ ...commit, tiles: [tile], checkpoint: undefined });
        await store.commit({ ...commit, tiles: [] });
      },
    }),
  },
  {
    what: "tiles are validated as they are written",
    caughtBy: "atomicity/last-tile-is-not-valid",
    breaks: (store) => ({
      ...store,
      commit: async (commit) => {
        const half = Array.isArray(commit.tiles) ? commit.tiles.slice(0, -1) : [];
        await store.commit({ ...commit, tiles: half, checkpoint: undefined }).catch(() => {});
        await store.commit(commit);
      },
    }),
  },
  {
    what: "tiles are written before the epoch is looked at",
    caughtBy: "atomicity/epoch-is-old",
    breaks: (store) => ({
      ...store,
      commit: async (commit) => {
        await store.commit({ ...commit, checkpoint: undefined });
        await store.commit(commit);
      },
    }),
  },
  {
    what: "the checkpoint is written before the tiles",
    caughtBy: "atomicity/last-tile-has-no-bytes",
    breaks: (store) => ({
      ...store,
      commit: async (commit) => {
        await store.commit({ ...commit, tiles: [] });
        await store.commit(commit);
      },
    }),
  },
  {
    what: "the checkpoint is seen before its tiles",
    caughtBy: "atomicity/tiles-and-checkpoint-are-seen-together",
    breaks: (store) => ({
      ...store,
      commit: async ({ checkpoint, ...commit }) => {
        if (checkpoint !== undefined) await store.commit({ ...commit, tiles: [], checkpoint });
        await new Promise((resolve) => setImmediate(resolve));
        await store.commit(commit);
      },
    }),
  },
  {
    what: "the record of a checkpoint may be gone",
    caughtBy: "atomicity/record-is-gone",
    breaks: (store, { downloads }) => ({
      ...store,
      commit: (commit) => {
        const isGone = commit.checkpoint !== undefined && !downloads.has(commit.checkpoint.download);
        return store.commit(isGone ? { ...commit, checkpoint: undefined } : commit);
      },
    }),
  },
  {
    what: "an unknown store is created",
    caughtBy: "atomicity/store-is-unknown",
    breaks: (store) => ({
      ...store,
      commit: async (commit) => {
        await store.stores.create(commit.store);
        await store.commit(commit);
      },
    }),
  },
  {
    what: "a failing commit leaves a checkpoint of failed tiles",
    caughtBy: "atomicity/last-failed-tile-is-not-valid",
    breaks: (store) => ({
      ...store,
      commit: async (commit) => {
        const { checkpoint } = commit;
        if (checkpoint?.failed?.[0] !== undefined) {
          const half = { ...checkpoint, failed: checkpoint.failed.slice(0, -1) };
          await store.commit({ store: commit.store, tiles: [], checkpoint: half }).catch(() => {});
        }
        await store.commit(commit);
      },
    }),
  },
  {
    what: "commits that overlap lose tiles",
    caughtBy: "concurrency/many-commits-at-once",
    breaks: (store) => {
      let underWay = 0;
      return {
        ...store,
        commit: async (commit) => {
          underWay += 1;
          await store.commit(underWay > 20 ? { ...commit, tiles: commit.tiles.slice(0, 3) } : commit);
          underWay -= 1;
        },
      };
    },
  },
  {
    what: "reads during writes see half a tile",
    caughtBy: "concurrency/reads-during-writes-see-one-version-of-a-tile",
    breaks: (store, { tiles }) => ({
      ...store,
      commit: async (commit) => {
        for (const { info } of commit.tiles.length > 1 ? tiles.values() : []) Object.assign(info, { storedAt: 7 });
        await Promise.resolve();
        await store.commit(commit);
      },
    }),
  },
];
