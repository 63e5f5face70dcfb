import type { EvictOptions, Freed, TileStore } from "@fmtc/core";
import { type MemoryTile, type StoreMutant, withOther } from "./mutant.ts";

/** An eviction down to `maxLength` that takes tiles in an order of its own. */
const evictingBy =
  (order: (a: MemoryTile, b: MemoryTile) => number): StoreMutant["breaks"] =>
  (store, { stores }) =>
    withOther(store, "tiles", {
      evictOldest: (name, options = {}) => {
        const counted = [...(stores.get(name)?.tiles ?? [])].filter(([, isPinned]) => options.pinned || !isPinned);
        const { maxLength = stores.get(name)?.limits.maxLength ?? counted.length, dryRun } = options;
        const inOrder = counted.map(([tile]) => tile).sort(order);
        const gone = inOrder.slice(0, Math.max(0, inOrder.length - maxLength)).map(({ info }) => info);
        return store.tiles.remove(name, gone, { dryRun });
      },
    });

const evictingWith =
  (change: (options: EvictOptions, store: TileStore, name: string) => EvictOptions): StoreMutant["breaks"] =>
  (store) =>
    withOther(store, "tiles", {
      evictOldest: (name, options = {}) => store.tiles.evictOldest(name, change(options, store, name)),
    });

export const removalMutants: readonly StoreMutant[] = [
  {
    what: "the newer tiles are removed",
    caughtBy: "removal/remove-older-than-takes-the-older-ones",
    breaks: (store, { stores }) =>
      withOther(store, "tiles", {
        removeOlderThan: (name, time, options) => {
          const newer = [...(stores.get(name)?.tiles.keys() ?? [])].filter(({ info }) => info.storedAt >= time);
          return store.tiles.remove(
            name,
            newer.map(({ info }) => info),
            options,
          );
        },
      }),
  },
  {
    what: "tiles of the very time are removed",
    caughtBy: "removal/remove-older-than-takes-the-older-ones",
    breaks: (store) =>
      withOther(store, "tiles", {
        removeOlderThan: (name, time, options) => store.tiles.removeOlderThan(name, time + 1, options),
      }),
  },
  {
    what: "old tiles that are pinned stay",
    caughtBy: "removal/remove-older-than-takes-the-older-ones",
    breaks: (store, { stores }) =>
      withOther(store, "tiles", {
        removeOlderThan: (name, time, options) => {
          const old = [...(stores.get(name)?.tiles ?? [])].filter(
            ([{ info }, pinned]) => info.storedAt < time && !pinned,
          );
          return store.tiles.remove(
            name,
            old.map(([{ info }]) => info),
            options,
          );
        },
      }),
  },
  {
    what: "old tiles are removed from all stores",
    caughtBy: "removal/remove-older-than-takes-the-older-ones",
    breaks: (store) =>
      withOther(store, "tiles", {
        removeOlderThan: async (name, time, options) => {
          const freed = await store.tiles.removeOlderThan(name, time, options);
          for (const other of await store.stores.list()) await store.tiles.removeOlderThan(other, time, options);
          return freed;
        },
      }),
  },
  ...(["remove", "removeCover", "removeOlderThan"] as const).map(
    (name): StoreMutant => ({
      what: `a dry run of ${name} is one of the deed`,
      caughtBy: "removal/dry-runs-tell-what-would-go-and-change-nothing",
      breaks: (store) => {
        const remove: (...args: never[]) => Promise<Freed> = store.tiles[name];
        return withOther(store, "tiles", {
          [name]: (...args: never[]) => remove(...args.slice(0, name === "removeCover" ? 3 : 2)),
        });
      },
    }),
  ),
  {
    what: "a dry run counts shared tiles as deleted",
    caughtBy: "removal/dry-runs-tell-what-would-go-and-change-nothing",
    breaks: (store) =>
      withOther(store, "tiles", {
        remove: async (name, keys, options) => {
          const freed = await store.tiles.remove(name, keys, options);
          return options?.dryRun === true ? { ...freed, deleted: freed.removed } : freed;
        },
      }),
  },
  {
    what: "a key that is named twice counts twice",
    caughtBy: "removal/remove-passes-over-what-the-store-does-not-hold",
    breaks: (store) =>
      withOther(store, "tiles", {
        remove: async (name, keys, options) => {
          const held = await store.tiles.has(keys, { stores: [name] });
          return { ...(await store.tiles.remove(name, keys, options)), removed: held.filter((is) => is).length };
        },
      }),
  },
  {
    what: "all sources lose the tiles of a cover",
    caughtBy: "removal/remove-cover-takes-one-source-of-one-store",
    breaks: (store, { tiles }) =>
      withOther(store, "tiles", {
        removeCover: async (name, source, cover, options) => {
          const freed = await store.tiles.removeCover(name, source, cover, options);
          const sources = new Set([...tiles.values()].map(({ info }) => info.source));
          for (const other of sources) await store.tiles.removeCover(name, other, cover, options);
          return freed;
        },
      }),
  },
  {
    what: "only the deepest zoom of a cover is removed",
    caughtBy: "removal/remove-cover-takes-one-source-of-one-store",
    breaks: (store, { stores }) =>
      withOther(store, "tiles", {
        removeCover: (name, source, cover, options) => {
          const deepest = Math.max(...cover.countByZoom.keys());
          const keys = [...(stores.get(name)?.tiles.keys() ?? [])].map(({ info }) => info);
          const inside = keys.filter((key) => key.source === source && key.z === deepest && cover.has(key));
          return store.tiles.remove(name, inside, options);
        },
      }),
  },
  {
    what: "pinned tiles are evicted",
    caughtBy: "eviction/pinned-tiles-neither-count-nor-go",
    breaks: evictingWith((options) => ({ ...options, pinned: true })),
  },
  {
    what: "pinned tiles are never evicted",
    caughtBy: "eviction/pinned-tiles-count-and-go-when-asked-for",
    breaks: evictingWith(({ pinned, ...options }) => options),
  },
  {
    what: "pinned tiles count towards the budget",
    caughtBy: "eviction/pinned-tiles-neither-count-nor-go",
    breaks: (store) =>
      withOther(store, "tiles", {
        evictOldest: async (name, options = {}) => {
          const { pinnedLength } = await store.stores.stats(name);
          const { maxLength, pinned } = options;
          if (maxLength === undefined || pinned === true) return store.tiles.evictOldest(name, options);
          return store.tiles.evictOldest(name, { ...options, maxLength: Math.max(0, maxLength - pinnedLength) });
        },
      }),
  },
  {
    what: "the newest are evicted",
    caughtBy: "eviction/oldest-go-until-the-length-is-met",
    breaks: evictingBy((a, b) => b.info.storedAt - a.info.storedAt),
  },
  {
    what: "equally old tiles are evicted as they came",
    caughtBy: "eviction/equally-old-tiles-go-by-the-order-of-their-keys",
    breaks: evictingBy((a, b) => a.info.storedAt - b.info.storedAt),
  },
  {
    what: "the bytes are no budget",
    caughtBy: "eviction/oldest-go-until-the-bytes-are-met",
    breaks: evictingWith(({ maxBytes, ...options }) => options),
  },
  {
    what: "the length is no budget when there is one of bytes",
    caughtBy: "eviction/both-limits-are-met",
    breaks: evictingWith((options) =>
      options.maxBytes === undefined ? options : { ...options, maxLength: undefined },
    ),
  },
  {
    what: "a budget is met when one tile too many is left",
    caughtBy: "eviction/oldest-go-until-the-length-is-met",
    breaks: evictingWith((options) => ({
      ...options,
      maxLength: options.maxLength === undefined ? undefined : options.maxLength + 1,
    })),
  },
  {
    what: "without limits everything is evicted",
    caughtBy: "eviction/without-limits-those-of-the-store-are-taken",
    breaks: (store) =>
      withOther(store, "tiles", {
        evictOldest: async (name, options = {}) => {
          const limits = { ...(await store.stores.limits(name)), ...options };
          const isLimited = limits.maxLength !== undefined || limits.maxBytes !== undefined;
          return store.tiles.evictOldest(name, isLimited ? options : { ...options, maxLength: 0 });
        },
      }),
  },
  {
    what: "limits that are given become the store's",
    caughtBy: "eviction/without-limits-those-of-the-store-are-taken",
    breaks: (store) =>
      withOther(store, "tiles", {
        evictOldest: async (name, options = {}) => {
          if (options.maxLength !== undefined) await store.stores.setLimits(name, { maxLength: options.maxLength });
          return store.tiles.evictOldest(name, options);
        },
      }),
  },
  {
    what: "a dry run of an eviction evicts",
    caughtBy: "eviction/dry-run-changes-nothing",
    breaks: evictingWith(({ dryRun, ...options }) => options),
  },
];
