import type { TileWrite } from "@fmtc/core";
import { innerTile, isSame, type StoreMutant, withOther } from "./mutant.ts";

/** A store whose commit has these tiles instead of those it was given. */
const committing =
  (change: (tiles: readonly TileWrite[]) => readonly TileWrite[]): StoreMutant["breaks"] =>
  (store) => ({ ...store, commit: (commit) => store.commit({ ...commit, tiles: change(commit.tiles) }) });

export const tileMutants: readonly StoreMutant[] = [
  {
    what: "the earlier of two writes stays",
    caughtBy: "tiles/later-of-two-writes-stays",
    breaks: committing((tiles) => tiles.toReversed()),
  },
  {
    what: "writing again keeps the ETag of other bytes",
    caughtBy: "tiles/writing-again-replaces-bytes-and-all-details",
    breaks: (store, database) => ({
      ...store,
      commit: (commit) => {
        const tiles = commit.tiles.map((tile) => ({
          ...tile,
          etag: tile.etag ?? innerTile(database, tile)?.info.etag,
        }));
        return store.commit({ ...commit, tiles });
      },
    }),
  },
  {
    what: "a refresh drops the details that it does not bring",
    caughtBy: "tiles/without-bytes-a-tile-is-refreshed",
    breaks: (store, database) => ({
      ...store,
      commit: (commit) => {
        const tiles = commit.tiles.map((tile) => ({ ...tile, bytes: tile.bytes ?? innerTile(database, tile)?.bytes }));
        return store.commit({ ...commit, tiles });
      },
    }),
  },
  {
    what: "tiles that it does not know are passed over",
    caughtBy: "tiles/without-bytes-an-unknown-tile-fails",
    breaks: (store, database) => ({
      ...store,
      commit: (commit) => {
        const tiles = commit.tiles.filter(
          (tile) => tile.bytes !== undefined || innerTile(database, tile) !== undefined,
        );
        return store.commit({ ...commit, tiles });
      },
    }),
  },
  {
    what: "a tile of another store has to bring its bytes",
    caughtBy: "sharing/tile-of-another-store-joins-without-bytes",
    breaks: (store, database) => ({
      ...store,
      commit: (commit) => {
        const named = database.stores.get(commit.store);
        const isOthers = (tile: TileWrite) => {
          const inner = innerTile(database, tile);
          return tile.bytes === undefined && inner !== undefined && named?.tiles.has(inner) === false;
        };
        return store.commit({ ...commit, tiles: commit.tiles.filter((tile) => !isOthers(tile)) });
      },
    }),
  },
  {
    what: "answers come in the order of keys",
    caughtBy: "tiles/info-and-has-answer-in-the-order-of-the-keys",
    breaks: (store) =>
      withOther(store, "tiles", {
        info: (keys, filter) =>
          store.tiles.info(
            [...keys].sort((a, b) => a.z - b.z || a.y - b.y || a.x - b.x),
            filter,
          ),
      }),
  },
  {
    what: "a read looks at any source",
    caughtBy: "tiles/sources-are-apart",
    breaks: (store, { tiles }) =>
      withOther(store, "tiles", {
        read: (key, filter) => {
          const any = [...tiles.values()].find(({ info }) => isSame({ ...info, source: key.source }, key));
          return store.tiles.read({ ...key, source: any?.info.source ?? key.source }, filter);
        },
      }),
  },
  {
    what: "no more than a thousand keys are looked for",
    caughtBy: "tiles/thousands-at-once",
    breaks: (store) =>
      withOther(store, "tiles", {
        has: async (keys, filter) => {
          const known = await store.tiles.has(keys.slice(0, 1_000), filter);
          return keys.map((_, i) => known[i] ?? false);
        },
      }),
  },
  {
    what: "the latest tile is the one that was committed last",
    caughtBy: "tiles/latest-is-the-one-stored-last",
    breaks: (store, { stores }) =>
      withOther(store, "tiles", {
        latest: async (name) => {
          const last = [...(stores.get(name)?.tiles.keys() ?? [])].at(-1);
          return last && store.tiles.read(last.info);
        },
      }),
  },
  {
    what: "a filter asks for a tile that all of its stores hold",
    caughtBy: "sharing/filters-look-at-what-one-of-the-stores-holds",
    breaks: (store) =>
      withOther(store, "tiles", {
        has: async (keys, filter) => {
          if (filter?.stores === undefined) return store.tiles.has(keys);
          const answers = await Promise.all(filter.stores.map((name) => store.tiles.has(keys, { stores: [name] })));
          return keys.map((_, i) => answers.every((answer) => answer[i]));
        },
      }),
  },
  {
    what: "a filter without stores is no filter",
    caughtBy: "sharing/filters-look-at-what-one-of-the-stores-holds",
    breaks: (store) =>
      withOther(store, "tiles", {
        read: (key, filter) => store.tiles.read(key, filter?.stores?.length === 0 ? {} : filter),
      }),
  },
  {
    what: "a later commit unpins",
    caughtBy: "sharing/pinned-stays-pinned",
    breaks: (store, database) => ({
      ...store,
      commit: async (commit) => {
        await store.commit(commit);
        const named = database.stores.get(commit.store);
        if (named === undefined || commit.pinned === true) return;
        for (const write of commit.tiles) {
          const tile = innerTile(database, write);
          if (tile === undefined || named.tiles.get(tile) !== true) continue;
          named.tiles.set(tile, false);
          named.pinnedLength -= 1;
          named.pinnedBytes -= tile.bytes.length;
        }
      },
    }),
  },
  {
    what: "a tile is pinned wherever it is",
    caughtBy: "sharing/pinned-in-one-store-is-not-pinned-in-another",
    breaks: (store, database) => ({
      ...store,
      commit: (commit) => {
        const isPinned = (tile: TileWrite) => {
          const inner = innerTile(database, tile);
          return inner !== undefined && [...inner.holders].some(({ tiles }) => tiles.get(inner) === true);
        };
        return store.commit({ ...commit, pinned: commit.pinned === true || commit.tiles.some(isPinned) });
      },
    }),
  },
  {
    what: "a tile that is written again is counted again",
    caughtBy: "stats/every-change-is-counted",
    breaks: (store, database) => ({
      ...store,
      commit: async (commit) => {
        const known = commit.tiles.filter((tile) => innerTile(database, tile) !== undefined).length;
        await store.commit(commit);
        database.bytes += known;
      },
    }),
  },
  {
    what: "the sums of other stores are not corrected",
    caughtBy: "sharing/tile-written-through-one-store-changes-in-all",
    breaks: (store, { stores }) => ({
      ...store,
      commit: async (commit) => {
        const before = [...stores].map(([name, named]) => ({ name, named, bytes: named.bytes }));
        await store.commit(commit);
        for (const { name, named, bytes } of before) if (name !== commit.store) named.bytes = bytes;
      },
    }),
  },
  {
    what: "a sum is off by one, once in fifty commits",
    caughtBy: "stats/always-equal-a-recount",
    breaks: (store, { stores }) => {
      let commits = 0;
      return {
        ...store,
        commit: async (commit) => {
          await store.commit(commit);
          commits += 1;
          const named = stores.get(commit.store);
          if (commits % 50 === 0 && named !== undefined) named.pinnedBytes += 1;
        },
      };
    },
  },
  {
    what: "a shared tile is counted for each store",
    caughtBy: "sharing/tile-of-two-stores-is-kept-once",
    breaks: (store, { stores }) => ({
      ...store,
      stats: async () => ({
        ...(await store.stats()),
        length: [...stores.values()].reduce((sum, { tiles }) => sum + tiles.size, 0),
      }),
    }),
  },
  {
    what: "equal tiles count once",
    caughtBy: "sharing/equal-tiles-are-tiles-of-their-own",
    breaks: (store, { tiles }) => ({
      ...store,
      stats: async () => {
        const different = new Map([...tiles.values()].map(({ bytes }) => [String(bytes), bytes.length]));
        return { ...(await store.stats()), bytes: [...different.values()].reduce((sum, length) => sum + length, 0) };
      },
    }),
  },
  {
    what: "equal tiles change together",
    caughtBy: "sharing/equal-tiles-are-tiles-of-their-own",
    breaks: (store, database) => ({
      ...store,
      commit: async (commit) => {
        const equal = commit.tiles.flatMap((write) => {
          const before = String(innerTile(database, write)?.bytes);
          return [...database.tiles.values()]
            .filter(({ bytes }) => String(bytes) === before)
            .map(({ info }) => ({ ...write, ...info }));
        });
        await store.commit({ ...commit, tiles: [...commit.tiles, ...equal] });
      },
    }),
  },
  {
    what: "a tile that was removed by all is kept",
    caughtBy: "sharing/tile-in-no-store-is-gone",
    breaks: (store, { tiles }) =>
      withOther(store, "tiles", {
        remove: async (name, keys, options) => {
          const before = [...tiles];
          const freed = await store.tiles.remove(name, keys, options);
          for (const [key, tile] of before) tiles.set(key, tile);
          return freed;
        },
      }),
  },
  {
    what: "a tile of another store is removed there as well",
    caughtBy: "sharing/tile-taken-out-of-one-store-stays-in-the-other",
    breaks: (store) =>
      withOther(store, "tiles", {
        remove: async (name, keys, options) => {
          const freed = await store.tiles.remove(name, keys, options);
          for (const other of await store.stores.list()) await store.tiles.remove(other, keys, options);
          return freed;
        },
      }),
  },
];
