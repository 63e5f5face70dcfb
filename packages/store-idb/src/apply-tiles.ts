import { TileNotFoundError } from "@fmtc/core";
import type { BlockMap } from "./block-map.ts";
import { Ledger } from "./ledger.ts";
import {
  blockOf,
  type Holder,
  holderOf,
  placeIn,
  storeOfHolder,
  type TileBlock,
  type TileEntry,
} from "./tile-block.ts";
import type { BatchTile, WriteBatch } from "./write-batch.ts";

/** What a commit changes. */
export interface TilesChange {
  readonly blocks: readonly EditedBlock[];
  readonly ledger: Ledger;
}

interface EditedBlock {
  readonly before: TileBlock;
  readonly tiles: TileEntry[];
  /** The bytes that are new, by the numbers of their tiles: of a tile that is named twice, the later ones. */
  readonly fresh: Map<number, ArrayBuffer>;
}

/**
 * Works out what a store's taking these tiles in changes.
 *
 * @throws TileNotFoundError if a tile comes without bytes, and `known` has none either.
 */
export function applyTiles({ tiles }: WriteBatch, known: BlockMap, storeId: number, pinned: boolean): TilesChange {
  const edited = new Map<string, EditedBlock>();
  const ledger = new Ledger();

  function edit(source: string, block: number): EditedBlock {
    const key = `${block} ${source}`;
    const found = edited.get(key);
    if (found !== undefined) return found;
    const before = known.get(source, block) ?? { source, block, tiles: [], order: [] };
    const copy: EditedBlock = { before, tiles: [...before.tiles], fresh: new Map() };
    edited.set(key, copy);
    return copy;
  }

  const joined = joiner(storeId, pinned);
  for (const tile of tiles) {
    const { tiles: entries, fresh } = edit(tile.key.source, blockOf(tile.number));
    const place = placeIn(entries, tile.number);
    const before = entries[place]?.number === tile.number ? entries[place] : undefined;
    const after = { ...written(tile, before), holders: joined(before?.holders) };
    if (before !== undefined) ledger.count(before, -1);
    ledger.count(after, 1);
    entries.splice(place, before === undefined ? 0 : 1, after);
    if (tile.bytes !== undefined) fresh.set(tile.number, tile.bytes);
  }
  return { blocks: [...edited.values()], ledger };
}

/** A tile with bytes is what it says. One without keeps what it had, and takes what is said. */
function written(
  { key, number, details, length }: BatchTile,
  before: TileEntry | undefined,
): Omit<TileEntry, "holders"> {
  // Where its bytes come to lie is known when they are packed.
  if (length !== undefined) return { number, length, pack: number, ...details };
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
