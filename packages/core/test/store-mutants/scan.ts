import type { ScanOptions, StoredTile, TileInfo, TileKey, TileStore } from "@fmtc/core";
import { isSame, listOf, type StoreMutant, withOther } from "./mutant.ts";

/** A store whose scan goes over what another function gives. */
function scanning(store: TileStore, scan: (options: ScanOptions) => AsyncIterable<TileInfo>): TileStore {
  const other = (options: ScanOptions = {}) => scan(options) as AsyncIterable<StoredTile>;
  return withOther(store, "tiles", { scan: other });
}

/** All that a scan gives, in another order or number. */
const changing =
  (change: (tiles: readonly TileInfo[], options: ScanOptions) => readonly TileInfo[]): StoreMutant["breaks"] =>
  (store) =>
    scanning(store, async function* (options) {
      yield* change(await listOf(store.tiles.scan(options)), options);
    });

/** The scan of a store, if it is asked to begin elsewhere. */
const beginning =
  (behind: (after: TileKey, all: readonly TileInfo[]) => TileKey | undefined): StoreMutant["breaks"] =>
  (store) =>
    scanning(store, async function* ({ after, ...options }) {
      const all = await listOf(store.tiles.scan(options));
      yield* store.tiles.scan({ ...options, after: after && behind(after, all) });
    });

export const scanMutants: readonly StoreMutant[] = [
  {
    what: "columns come before rows",
    caughtBy: "scan/order-is-that-of-covers",
    breaks: changing((tiles) => tiles.toSorted((a, b) => a.z - b.z || a.x - b.x || a.y - b.y)),
  },
  {
    what: "numbers come in the order of texts",
    caughtBy: "scan/order-is-that-of-covers",
    breaks: changing((tiles) => tiles.toSorted((a, b) => (`${a.z}/${a.y}/${a.x}` < `${b.z}/${b.y}/${b.x}` ? -1 : 1))),
  },
  {
    what: "sources come mixed",
    caughtBy: "scan/tiles-of-a-source-come-together",
    breaks: changing((tiles) => tiles.toSorted((a, b) => a.z - b.z || a.y - b.y || a.x - b.x)),
  },
  {
    what: "a tile comes for each of its stores",
    caughtBy: "scan/stores-source-and-place-narrow-together",
    breaks: (store) =>
      scanning(store, async function* (options) {
        for await (const tile of store.tiles.scan(options)) {
          for (const name of options.stores ?? ["any"]) {
            const isHeld = options.stores === undefined || (await store.tiles.has([tile], { stores: [name] }))[0];
            if (isHeld === true) yield tile;
          }
        }
      }),
  },
  {
    what: "bytes come without being asked for",
    caughtBy: "scan/bytes-come-when-asked-for",
    breaks: (store) => scanning(store, (options) => store.tiles.scan({ ...options, bytes: true })),
  },
  {
    what: "a scan begins at the tile that it should begin behind",
    caughtBy: "scan/goes-on-behind-any-tile",
    breaks: beginning((after, all) => all[all.findIndex((tile) => isSame(tile, after)) - 1]),
  },
  {
    what: "a scan behind a tile that is not there begins at the beginning",
    caughtBy: "scan/goes-on-behind-what-is-not-there",
    breaks: beginning((after, all) => (all.some((tile) => isSame(tile, after)) ? after : undefined)),
  },
  {
    what: "a scan behind a source that is gone ends",
    caughtBy: "scan/goes-on-behind-a-source-that-is-gone",
    breaks: changing((tiles, { after }) =>
      tiles.filter(({ source }) => after === undefined || source === after.source),
    ),
  },
  {
    what: "a scan ends with its first page",
    caughtBy: "scan/goes-over-many",
    breaks: changing((tiles) => tiles.slice(0, 1_000)),
  },
  {
    what: "pages are counted from the beginning",
    caughtBy: "concurrency/scan-during-writes-gives-what-stays-exactly-once",
    breaks: (store) =>
      scanning(store, async function* (options) {
        for (let from = 0; ; from += 10) {
          const page = (await listOf(store.tiles.scan(options))).slice(from, from + 10);
          yield* page;
          if (page.length === 0) return;
        }
      }),
  },
];
