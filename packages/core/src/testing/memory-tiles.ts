import type { Freed } from "../ports/named-stores.ts";
import type { RemoveOptions, ScanOptions, StoredTiles } from "../ports/stored-tiles.ts";
import type { StoredTile, TileKey } from "../ports/tile.ts";
import {
  compareKeys,
  keyOf,
  type MemoryDatabase,
  type MemoryTile,
  namedStore,
  readTile,
  sumOfBytes,
  takeOut,
} from "./memory-database.ts";

export function memoryTiles(database: MemoryDatabase): StoredTiles {
  const isHeld = ({ holders }: MemoryTile, names: readonly string[] | undefined) =>
    names === undefined || [...holders].some((holder) => names.some((name) => database.stores.get(name) === holder));

  const find = (key: TileKey, stores: readonly string[] | undefined) => {
    const tile = database.tiles.get(keyOf(key));
    return tile !== undefined && isHeld(tile, stores) ? tile : undefined;
  };

  const remove = (name: string, isWanted: (tile: MemoryTile) => boolean, { dryRun }: RemoveOptions): Freed => {
    const store = namedStore(database, name);
    const freed = takeOut(database, store, [...store.tiles.keys()].filter(isWanted), dryRun);
    if (dryRun !== true && freed.removed > 0) database.changes.next({ kind: "tiles", stores: [name] });
    return freed;
  };

  async function* scan({ stores, source, bytes, after }: ScanOptions = {}) {
    const wanted = [...database.tiles.values()]
      .filter(({ info }) => source === undefined || info.source === source)
      .filter(({ info }) => after === undefined || compareKeys(info, after) > 0)
      .sort((a, b) => compareKeys(a.info, b.info));
    for (const { info } of wanted) {
      const tile = find(info, stores);
      if (tile !== undefined) yield bytes === true ? readTile(tile) : { ...tile.info };
    }
  }

  return {
    read: async (key, { stores } = {}) => {
      const tile = find(key, stores);
      return tile === undefined ? undefined : readTile(tile);
    },
    info: async (keys, { stores } = {}) =>
      keys.map((key) => {
        const tile = find(key, stores);
        return tile === undefined ? undefined : { ...tile.info };
      }),
    has: async (keys, { stores } = {}) => keys.map((key) => find(key, stores) !== undefined),
    latest: async (name) => {
      let latest: MemoryTile | undefined;
      for (const tile of namedStore(database, name).tiles.keys()) {
        if (latest === undefined || tile.info.storedAt >= latest.info.storedAt) latest = tile;
      }
      return latest === undefined ? undefined : readTile(latest);
    },
    scan: scan as (options?: ScanOptions) => AsyncIterable<StoredTile>,
    remove: async (name, keys, options = {}) => {
      const wanted = new Set(keys.map(keyOf));
      return remove(name, ({ info }) => wanted.has(keyOf(info)), options);
    },
    removeCover: async (name, source, cover, options = {}) =>
      remove(name, ({ info }) => info.source === source && cover.has(info), options),
    removeOlderThan: async (name, time, options = {}) => remove(name, ({ info }) => info.storedAt < time, options),
    evictOldest: async (name, { pinned = false, dryRun, ...limits } = {}) => {
      const store = namedStore(database, name);
      const isGiven = limits.maxLength !== undefined || limits.maxBytes !== undefined;
      const { maxLength = Infinity, maxBytes = Infinity } = isGiven ? limits : store.limits;
      const counted = [...store.tiles].filter(([, isPinned]) => pinned || !isPinned).map(([tile]) => tile);
      counted.sort((a, b) => a.info.storedAt - b.info.storedAt || compareKeys(a.info, b.info));
      let length = counted.length;
      let bytes = sumOfBytes(counted);
      const evicted = new Set<MemoryTile>();
      for (const tile of counted) {
        if (length <= maxLength && bytes <= maxBytes) break;
        evicted.add(tile);
        length -= 1;
        bytes -= tile.bytes.length;
      }
      return remove(name, (tile) => evicted.has(tile), { dryRun });
    },
  };
}
