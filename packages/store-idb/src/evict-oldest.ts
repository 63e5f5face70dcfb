import type { StoredTiles, StoreLimits } from "@fmtc/core";
import { BlockMap } from "./block-map.ts";
import { OLDEST, OLDEST_PINNED, timeOf } from "./block-order.ts";
import type { Connection } from "./connection.ts";
import { removeFrom } from "./remove-tiles.ts";
import type { NamedStoreRecord, ReadTransaction } from "./schema.ts";
import { holderOf, type TileBlock, type TileEntry } from "./tile-block.ts";
import { blockPages } from "./walk-blocks.ts";

interface Candidate {
  readonly block: TileBlock;
  readonly entry: TileEntry;
}

/** Evicts the oldest tiles, without a look at those that are not to go. */
export function evictOldest(connection: Connection): StoredTiles["evictOldest"] {
  return (name, options = {}) =>
    removeFrom(connection, name, options, async (tx, store, removal) => {
      const { pinned = false, maxLength, maxBytes } = options;
      const limits = maxLength === undefined && maxBytes === undefined ? store : { maxLength, maxBytes };
      const isOver = budgetOf(store, limits, pinned);
      const evicted = new Map<TileBlock, Set<number>>();
      for await (const { block, entry } of oldestTiles(tx, store.id, pinned)) {
        if (!isOver(entry)) break;
        const numbers = evicted.get(block);
        if (numbers === undefined) evicted.set(block, new Set([entry.number]));
        else numbers.add(entry.number);
      }
      for (const [block, numbers] of evicted) await removal.take(block, ({ number }) => numbers.has(number));
    });
}

/** Tells of one tile after the other whether it has to go as well, and counts it as gone if so. */
function budgetOf(store: NamedStoreRecord, limits: StoreLimits, pinned: boolean): (entry: TileEntry) => boolean {
  const { maxLength = Infinity, maxBytes = Infinity } = limits;
  let length = pinned ? store.length : store.length - store.pinnedLength;
  let bytes = pinned ? store.bytes : store.bytes - store.pinnedBytes;
  return (entry) => {
    if (length <= maxLength && bytes <= maxBytes) return false;
    length -= 1;
    bytes -= entry.length;
    return true;
  };
}

/**
 * The tiles of a store from the oldest on, equally old ones by their keys. Blocks come by their oldest tile, so all tiles
 * before the time that has been reached are known. With pinned ones blocks come in two orders, and those of both twice.
 */
async function* oldestTiles(
  tx: ReadTransaction,
  storeId: number,
  pinned: boolean,
): AsyncGenerator<Candidate, void, undefined> {
  const kinds = pinned ? [OLDEST, OLDEST_PINNED] : [OLDEST];
  const orders = kinds.map((kind) => ({ kind, pages: blockPages(tx, storeId, kind), reached: -1 }));
  const seen = new BlockMap();
  let pending: Candidate[] = [];
  for (let reached = -1; reached < Infinity; ) {
    const order = orders.reduce((a, b) => (a.reached <= b.reached ? a : b));
    const page = (await order.pages.next()).value;
    for (const block of page ?? []) {
      if (seen.get(block.source, block.block) !== undefined) continue;
      seen.set(block);
      pending.push(...candidatesIn(block, storeId, pinned));
    }
    const last = page?.at(-1);
    order.reached = last === undefined ? Infinity : timeOf(last, storeId, order.kind);
    reached = Math.min(...orders.map((each) => each.reached));
    yield* pending.filter(({ entry }) => entry.storedAt < reached).sort(byAge);
    pending = pending.filter(({ entry }) => entry.storedAt >= reached);
  }
}

function candidatesIn(block: TileBlock, storeId: number, pinned: boolean): Candidate[] {
  const isWanted = ({ holders }: TileEntry) =>
    holders.includes(holderOf(storeId, false)) || (pinned && holders.includes(holderOf(storeId, true)));
  return block.tiles.filter(isWanted).map((entry) => ({ block, entry }));
}

function byAge(a: Candidate, b: Candidate): number {
  const bySource = a.block.source === b.block.source ? 0 : a.block.source < b.block.source ? -1 : 1;
  return a.entry.storedAt - b.entry.storedAt || bySource || a.entry.number - b.entry.number;
}
