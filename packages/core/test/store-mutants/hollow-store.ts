import type { TileStore } from "@fmtc/core";
import { EMPTY } from "rxjs";

/** A store that does nothing, fails never, and says so in a friendly way. */
export function hollowStore(): TileStore {
  const nothing = async () => {};
  const freed = async () => ({ removed: 0, deleted: 0, bytes: 0 });
  const lease = async () => ({ owner: "", epoch: 0, expiresAt: 0 });
  const list = async () => [];
  const no = async () => false;
  const none = async () => undefined;
  async function* noItems() {}
  const stats = { length: 0, bytes: 0, pinnedLength: 0, pinnedBytes: 0, hits: 0, misses: 0 };
  return {
    stores: {
      create: nothing,
      delete: freed,
      rename: nothing,
      reset: freed,
      list,
      has: no,
      limits: async () => ({ maxLength: undefined, maxBytes: undefined }),
      setLimits: nothing,
      stats: async () => stats,
      recordUse: nothing,
    },
    metadata: { read: async () => ({}), set: nothing, remove: none, reset: nothing },
    tiles: {
      read: none,
      info: async (keys) => keys.map(() => undefined),
      has: async (keys) => keys.map(() => false),
      latest: none,
      scan: noItems,
      remove: freed,
      removeCover: freed,
      removeOlderThan: freed,
      evictOldest: freed,
    },
    downloads: {
      put: nothing,
      get: none,
      list,
      failed: noItems,
      remove: no,
      acquire: lease,
      renew: lease,
      release: nothing,
    },
    commit: nothing,
    stats: async () => ({ length: 0, bytes: 0, diskBytes: 0, stores: [] }),
    changes$: EMPTY,
    close: nothing,
  };
}
