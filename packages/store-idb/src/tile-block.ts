import { type TileDetails, type TileInfo, tileOfNumber } from "@fmtc/core";

/** How many tiles a block has room for. Measured: from 16 to 128 it makes little difference. */
export const BLOCK_SIZE = 64;

/**
 * What is known of up to 64 tiles whose numbers follow each other: a part of a row, as downloads fetch them and maps show
 * them. It is a record, and is written as a whole.
 */
export interface TileBlock {
  readonly source: string;
  /** The number of its first tile, divided by 64. */
  readonly block: number;
  /** Those that are there, in their order. */
  readonly tiles: readonly TileEntry[];
  /** The keys of the index by which the tiles of a store are found. */
  readonly order: readonly IDBValidKey[][];
}

/** A tile within its block. */
export interface TileEntry extends TileDetails {
  readonly number: number;
  /** The length of its bytes. */
  readonly length: number;
  /** The number of the first tile of the pack that has its bytes. */
  readonly pack: number;
  readonly holders: readonly Holder[];
}

/** A store that holds a tile, and whether the tile is pinned there, as one number: twice the store's id, plus 1 if pinned. */
export type Holder = number;

export function holderOf(storeId: number, isPinned: boolean): Holder {
  return 2 * storeId + (isPinned ? 1 : 0);
}

export function storeOfHolder(holder: Holder): number {
  return Math.floor(holder / 2);
}

export function isPinnedHolder(holder: Holder): boolean {
  return holder % 2 === 1;
}

/** How a store holds a tile; undefined if it does not. */
export function holderIn({ holders }: TileEntry, storeId: number): Holder | undefined {
  return holders.find((holder) => storeOfHolder(holder) === storeId);
}

/** Whether one of these stores holds a tile; without a filter, whether any does. */
export function isHeldByOneOf({ holders }: TileEntry, storeIds: ReadonlySet<number> | undefined): boolean {
  return storeIds === undefined || holders.some((holder) => storeIds.has(storeOfHolder(holder)));
}

export function blockOf(number: number): number {
  return Math.floor(number / BLOCK_SIZE);
}

/** Where a tile stands in its block, or would. Blocks are short, and most tiles come in order, at the end. */
export function placeIn(tiles: readonly TileEntry[], number: number): number {
  let place = tiles.length;
  while (place > 0 && (tiles[place - 1]?.number ?? 0) >= number) place--;
  return place;
}

export function entryIn(block: TileBlock | undefined, number: number): TileEntry | undefined {
  const entry = block?.tiles[placeIn(block.tiles, number)];
  return entry?.number === number ? entry : undefined;
}

export function infoOf(source: string, { number, pack, holders, ...details }: TileEntry): TileInfo {
  return { source, ...tileOfNumber(number), ...details };
}
