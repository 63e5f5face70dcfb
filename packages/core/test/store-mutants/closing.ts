import type { ScanOptions, TileCommit } from "@fmtc/core";
import { type StoreMutant, withOther } from "./mutant.ts";

export const closingMutants: readonly StoreMutant[] = [
  {
    what: "closing again is another promise",
    caughtBy: "closing/closing-twice-is-closing-once",
    breaks: (store) => ({ ...store, close: () => store.close().then(() => {}) }),
  },
  {
    what: "a closed store answers what needs no database",
    caughtBy: "closing/closed-store-refuses-everything",
    breaks: (store) =>
      withOther(store, "tiles", {
        has: async (keys, filter) => (keys.length === 0 ? [] : store.tiles.has(keys, filter)),
      }),
  },
  {
    what: "what begins while a store closes is done",
    caughtBy: "closing/store-that-closes-refuses-what-begins-then",
    breaks: (store) => ({
      ...store,
      close: (() => {
        let closed: Promise<void> | undefined;
        return () => {
          closed ??= new Promise<void>((resolve) => setImmediate(resolve)).then(() => store.close());
          return closed;
        };
      })(),
    }),
  },
  {
    what: "a scan under way ends silently when the store closes",
    caughtBy: "closing/what-is-gone-over-ends-with-an-error",
    breaks: (store) => {
      const scan = async function* (options: ScanOptions = {}) {
        try {
          yield* store.tiles.scan({ ...options, bytes: true });
        } catch {}
      };
      return withOther(store, "tiles", { scan });
    },
  },
  {
    what: "failed tiles go on when the store closes",
    caughtBy: "closing/what-is-gone-over-ends-with-an-error",
    breaks: (store, { downloads }) =>
      withOther(store, "downloads", {
        failed: async function* (id) {
          yield* downloads.get(id)?.failed.values() ?? [];
        },
      }),
  },
  {
    what: "commits under way are dropped when the store closes",
    caughtBy: "closing/commits-under-way-have-happened-or-failed",
    breaks: (store) => {
      let isClosing = false;
      return {
        ...store,
        commit: async (commit: TileCommit) => {
          await new Promise((resolve) => setImmediate(resolve));
          if (!isClosing) await store.commit(commit);
        },
        close: () => {
          isClosing = true;
          return store.close();
        },
      };
    },
  },
  {
    what: "commits under way are refused, and written all the same",
    caughtBy: "closing/commits-under-way-have-happened-or-failed",
    breaks: (store) => ({
      ...store,
      commit: async (commit: TileCommit) => {
        await store.commit(commit);
        await store.stores.has(commit.store);
      },
    }),
  },
  {
    what: "reads under way fail when the store closes",
    caughtBy: "closing/reads-under-way-are-waited-for",
    breaks: (store) =>
      withOther(store, "tiles", {
        read: async (key, filter) => {
          const tile = await store.tiles.read(key, filter);
          await store.stores.list();
          return tile;
        },
      }),
  },
  {
    what: "hits and misses are forgotten",
    caughtBy: "reopening/everything-is-there-again",
    breaks: (store, { stores }) => ({
      ...store,
      close: () => {
        for (const named of stores.values()) named.hits = 0;
        return store.close();
      },
    }),
  },
  {
    what: "leases are forgotten",
    caughtBy: "reopening/everything-is-there-again",
    breaks: (store, { downloads }) => ({
      ...store,
      close: () => {
        for (const download of downloads.values()) download.record = { ...download.record, lease: undefined };
        return store.close();
      },
    }),
  },
  {
    what: "empty stores are forgotten",
    caughtBy: "reopening/everything-is-there-again",
    breaks: (store, { stores }) => ({
      ...store,
      close: () => {
        for (const [name, { tiles }] of stores) if (tiles.size === 0) stores.delete(name);
        return store.close();
      },
    }),
  },
];
