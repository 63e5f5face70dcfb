import { TileNotFoundError } from "@fmtc/core";
import type { BlockMap } from "./block-map.ts";
import {
  blockOf,
  type Holder,
  holderOf,
  isPinnedHolder,
  placeIn,
  storeOfHolder,
  type TileEntry,
} from "./tile-block.ts";
import type { BatchTile, WriteBatch } from "./write-batch.ts";

/** What a commit changes. */
export interface TilesChange {
  readonly blocks: readonly EditedBlock[];
  /** What is to be added to the sums of the stores, by their ids: of all that hold one of the tiles. */
  readonly stores: ReadonlyMap<number, Sums>;
  /** What is to be added to the sums of the database. */
  readonly totals: Readonly<Pick<Sums, "length" | "bytes">>;
}

export interface EditedBlock {
  readonly source: string;
  readonly block: number;
  readonly tiles: TileEntry[];
}

export interface Sums {
  length: number;
  bytes: number;
  pinnedLength: number;
  pinnedBytes: number;
}

/**
 * Works out what a store's taking these tiles in changes.
 *
 * @throws TileNotFoundError if a tile comes without bytes, and `known` has none either.
 */
export function applyTiles({ tiles }: WriteBatch, known: BlockMap, storeId: number, pinned: boolean): TilesChange {
  const edited = new Map<string, EditedBlock>();
  const stores = new Map<number, Sums>();
  const totals = { length: 0, bytes: 0 };

  function edit(source: string, block: number): EditedBlock {
    const key = `${block} ${source}`;
    const found = edited.get(key);
    if (found !== undefined) return found;
    const copy = { source, block, tiles: [...(known.get(source, block)?.tiles ?? [])] };
    edited.set(key, copy);
    return copy;
  }

  function count({ length, holders }: TileEntry, sign: 1 | -1): void {
    totals.length += sign;
    totals.bytes += sign * length;
    for (const holder of holders) add(sumsOf(stores, storeOfHolder(holder)), length, isPinnedHolder(holder), sign);
  }

  const joined = joiner(storeId, pinned);
  for (const tile of tiles) {
    const { tiles: entries } = edit(tile.key.source, blockOf(tile.number));
    const place = placeIn(entries, tile.number);
    const before = entries[place]?.number === tile.number ? entries[place] : undefined;
    const after = { ...written(tile, before), holders: joined(before?.holders) };
    if (before !== undefined) count(before, -1);
    count(after, 1);
    entries.splice(place, before === undefined ? 0 : 1, after);
  }
  return { blocks: [...edited.values()], stores, totals };
}

/** A tile with bytes is what it says. One without keeps what it had, and takes what is said. */
function written(
  { key, number, details, length }: BatchTile,
  before: TileEntry | undefined,
): Omit<TileEntry, "holders"> {
  if (length !== undefined) return { number, length, ...details };
  if (before === undefined) throw new TileNotFoundError(key);
  return { ...before, ...details };
}

/** How holders are once the store is one of them. What is pinned stays pinned. */
function joiner(storeId: number, pinned: boolean): (holders?: readonly Holder[]) => readonly Holder[] {
  const holder = holderOf(storeId, pinned);
  // One list for all new tiles: structured clones keep what is the same the same, so a block has it once.
  const alone = [holder];
  return (holders) => {
    if (holders === undefined) return alone;
    if (holders.includes(holder) || holders.includes(holderOf(storeId, true))) return holders;
    return [...holders.filter((each) => storeOfHolder(each) !== storeId), holder];
  };
}

function add(sums: Sums, length: number, isPinned: boolean, sign: 1 | -1): void {
  sums.length += sign;
  sums.bytes += sign * length;
  if (!isPinned) return;
  sums.pinnedLength += sign;
  sums.pinnedBytes += sign * length;
}

function sumsOf(stores: Map<number, Sums>, id: number): Sums {
  const known = stores.get(id);
  if (known !== undefined) return known;
  const sums = { length: 0, bytes: 0, pinnedLength: 0, pinnedBytes: 0 };
  stores.set(id, sums);
  return sums;
}
