import { isPinnedHolder, storeOfHolder, type TileBlock, type TileEntry } from "./tile-block.ts";

// The index over blocks. For each store that holds a tile of a block it has up to four entries, so that the oldest tiles
// of a store, its latest one and all of them in order are ranges, whatever else the database holds.

/** By the time of the oldest tile that is not pinned. */
export const OLDEST = 0;
/** By the time of the oldest tile that is. */
export const OLDEST_PINNED = 1;
/** By the time of the latest tile. */
export const LATEST = 2;
/** By place. */
export const PLACE = 3;

interface Times {
  oldest: number;
  oldestPinned: number;
  latest: number;
}

/** A block as it is written: with its entries in the index. */
export function orderedBlock(source: string, block: number, tiles: readonly TileEntry[]): TileBlock {
  return { source, block, tiles, order: entriesOf(source, block, tiles) };
}

/** The entry of a block for a store and a kind. */
export function entryOf({ order }: TileBlock, store: number, kind: number): readonly IDBValidKey[] {
  return order.find((entry) => entry[0] === store && entry[1] === kind) ?? [];
}

/** The time in that entry, where the kind has one. */
export function timeOf(block: TileBlock, store: number, kind: number): number {
  return Number(entryOf(block, store, kind)[2]);
}

/** All entries of a store and a kind. An empty list sorts behind all numbers and texts. */
export function rangeOf(store: number, kind: number): IDBKeyRange {
  return IDBKeyRange.bound([store, kind], [store, kind, []]);
}

/** The entries of a store and a kind whose time is before this one. */
export function before(store: number, kind: number, time: number): IDBKeyRange {
  return IDBKeyRange.bound([store, kind], [store, kind, time]);
}

/** The entries of a store by place, from a block on: of this source, or of those that follow as well. */
export function placesFrom(store: number, source: string, block: number, isOneSource: boolean): IDBKeyRange {
  return IDBKeyRange.bound(
    [store, PLACE, source, block],
    isOneSource ? [store, PLACE, source, []] : [store, PLACE, []],
  );
}

/** The entries of a store and a source from one block to another, both included. */
export function placesBetween(store: number, source: string, first: number, last: number): IDBKeyRange {
  return IDBKeyRange.bound([store, PLACE, source, first], [store, PLACE, source, last]);
}

/** Store, kind, time, and the block, which makes each unique. */
function entriesOf(source: string, block: number, tiles: readonly TileEntry[]): IDBValidKey[][] {
  const stores = new Map<number, Times>();
  for (const { storedAt, holders } of tiles) {
    for (const holder of holders) {
      const times = timesOf(stores, storeOfHolder(holder));
      if (isPinnedHolder(holder)) times.oldestPinned = Math.min(times.oldestPinned, storedAt);
      else times.oldest = Math.min(times.oldest, storedAt);
      times.latest = Math.max(times.latest, storedAt);
    }
  }
  return [...stores].flatMap(([store, { oldest, oldestPinned, latest }]) => [
    ...(oldest === Infinity ? [] : [[store, OLDEST, oldest, source, block]]),
    ...(oldestPinned === Infinity ? [] : [[store, OLDEST_PINNED, oldestPinned, source, block]]),
    [store, LATEST, latest, source, block],
    [store, PLACE, source, block],
  ]);
}

function timesOf(stores: Map<number, Times>, store: number): Times {
  const known = stores.get(store);
  if (known !== undefined) return known;
  const times = { oldest: Infinity, oldestPinned: Infinity, latest: 0 };
  stores.set(store, times);
  return times;
}
