import type { TileWrite } from "@fmtc/core";
import { innerTile, type StoreMutant, withOther } from "./mutant.ts";

/** Empties the buffers of tiles, as a transfer to a worker does. */
function detach(tiles: readonly TileWrite[]): void {
  for (const { bytes } of tiles) {
    if (bytes !== undefined && bytes.buffer.byteLength > 0)
      structuredClone(bytes.buffer, { transfer: [bytes.buffer as ArrayBuffer] });
  }
}

export const byteMutants: readonly StoreMutant[] = [
  {
    what: "a reader gets the store's own bytes",
    caughtBy: "hostile-bytes/readers-bytes-are-their-own",
    breaks: (store, database) =>
      withOther(store, "tiles", {
        read: async (key, filter) => {
          const tile = await store.tiles.read(key, filter);
          return tile && { ...tile, bytes: innerTile(database, key)?.bytes ?? tile.bytes };
        },
      }),
  },
  {
    what: "the bytes of the latest tile are shared with the next reader",
    caughtBy: "hostile-bytes/readers-bytes-are-their-own",
    breaks: (store, database) =>
      withOther(store, "tiles", {
        latest: async (name) => {
          const tile = await store.tiles.latest(name);
          return tile && { ...tile, bytes: innerTile(database, tile)?.bytes ?? tile.bytes };
        },
      }),
  },
  {
    what: "the writer's bytes are kept rather than copied",
    caughtBy: "hostile-bytes/writers-later-changes-do-not-reach-the-store",
    breaks: (store, database) => ({
      ...store,
      commit: async (commit) => {
        await store.commit(commit);
        for (const write of commit.tiles) {
          const tile = innerTile(database, write);
          if (tile !== undefined && write.bytes?.length === tile.bytes.length) {
            tile.bytes = new Uint8Array(write.bytes.buffer as ArrayBuffer, write.bytes.byteOffset, write.bytes.length);
          }
        }
      },
    }),
  },
  {
    what: "bytes are taken over without having been offered",
    caughtBy: "hostile-bytes/writers-bytes-are-left-as-they-are",
    breaks: (store) => ({
      ...store,
      commit: async (commit) => {
        await store.commit(commit);
        detach(commit.tiles);
      },
    }),
  },
  {
    what: "a transfer takes what lies around a tile",
    caughtBy: "hostile-bytes/what-lies-around-a-tile-is-left-alone",
    breaks: (store) => ({
      ...store,
      commit: async (commit) => {
        await store.commit(commit);
        if (commit.transfer === true) detach(commit.tiles);
      },
    }),
  },
  {
    what: "a transfer takes the bytes of tiles that come later",
    caughtBy: "hostile-bytes/tiles-that-share-a-buffer",
    breaks: (store) => ({
      ...store,
      commit: async (commit) => {
        if (commit.transfer !== true) return store.commit(commit);
        const tiles = commit.tiles.map((tile) => {
          const bytes = tile.bytes?.slice();
          detach([tile]);
          return { ...tile, bytes };
        });
        return store.commit({ ...commit, tiles });
      },
    }),
  },
  {
    what: "the whole buffer is stored instead of the part that is the tile's",
    caughtBy: "hostile-bytes/part-of-a-greater-buffer",
    breaks: (store) => ({
      ...store,
      commit: (commit) => {
        const tiles = commit.tiles.map((tile) => ({ ...tile, bytes: tile.bytes && new Uint8Array(tile.bytes.buffer) }));
        return store.commit({ ...commit, tiles });
      },
    }),
  },
  {
    what: "memory that is shared between threads cannot be transferred",
    caughtBy: "hostile-bytes/in-memory-that-is-shared-between-threads",
    breaks: (store) => ({
      ...store,
      commit: async (commit) => {
        structuredClone(commit.tiles, {
          transfer: commit.transfer ? commit.tiles.flatMap(({ bytes }) => (bytes?.buffer as ArrayBuffer) ?? []) : [],
        });
        await store.commit(commit);
      },
    }),
  },
  {
    what: "empty bytes are taken for absent ones",
    caughtBy: "hostile-bytes/none-at-all",
    breaks: (store) => ({
      ...store,
      commit: (commit) => {
        const tiles = commit.tiles.map((tile) => ({
          ...tile,
          bytes: tile.bytes?.length === 0 ? undefined : tile.bytes,
        }));
        return store.commit({ ...commit, tiles });
      },
    }),
  },
  {
    what: "bytes beyond 16 MB are cut off",
    caughtBy: "hostile-bytes/twenty-megabytes",
    breaks: (store) =>
      withOther(store, "tiles", {
        read: async (key, filter) => {
          const tile = await store.tiles.read(key, filter);
          return tile && { ...tile, bytes: tile.bytes.slice(0, 2 ** 24) };
        },
      }),
  },
  {
    what: "keys are packed into too few bits",
    caughtBy: "hostile-bytes/corners-of-the-deepest-zoom",
    breaks: (store) =>
      withOther(store, "tiles", {
        read: (key, filter) => store.tiles.read({ ...key, x: key.x & 0x7f_ff_ff }, filter),
      }),
  },
  {
    what: "times are kept in seconds of 32 bits",
    caughtBy: "hostile-bytes/greatest-and-least-times",
    breaks: (store) => ({
      ...store,
      commit: (commit) => {
        const tiles = commit.tiles.map((tile) => ({ ...tile, storedAt: Math.min(tile.storedAt, 2 ** 32 * 1_000) }));
        return store.commit({ ...commit, tiles });
      },
    }),
  },
];
