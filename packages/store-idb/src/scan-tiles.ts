import { type ScanOptions, type StoredTile, type StoredTiles, type TileInfo, tileNumber } from "@fmtc/core";
import { placesFrom } from "./block-order.ts";
import type { Connection } from "./connection.ts";
import { storeIds } from "./named-store.ts";
import type { ReadTransaction } from "./schema.ts";
import { BLOCK_SIZE, blockOf, infoOf, isHeldByOneOf, type TileBlock } from "./tile-block.ts";
import { tileReader } from "./tile-reader.ts";

/** A page without bytes, in blocks: up to 1,024 tiles. */
const PAGE = 16;
/** A page with bytes: up to 256 tiles, and not many more bytes than this. */
const PAGE_WITH_BYTES = 4;
const PAGE_BYTES = 4 * 2 ** 20;

/** Behind this tile, whether it is there or not, the next page begins. */
interface Position {
  readonly source: string;
  readonly number: number;
}

interface Page {
  readonly tiles: readonly (TileInfo | StoredTile)[];
  /** Undefined behind the last page. */
  readonly next: Position | undefined;
}

/** A transaction for each page; in between nothing is held. */
export function scanTiles({ read }: Connection): StoredTiles["scan"] {
  async function* scan({ stores, source, bytes = false, after }: ScanOptions = {}) {
    let position: Position | undefined = startOf(source, after);
    // Found once: a store that is renamed meanwhile is gone on with.
    const ids = stores && (await read(["stores"], (tx) => storeIds(tx, stores)));
    while (position !== undefined) {
      const from: Position = position;
      const page: Page = await read(["blocks", "packs"], (tx) => readPage(tx, from, source, ids, bytes));
      yield* page.tiles;
      position = page.next;
    }
  }
  return scan as StoredTiles["scan"];
}

/** No source comes before an empty one. */
function startOf(source: string | undefined, after: ScanOptions["after"]): Position | undefined {
  const start = { source: source ?? "", number: -1 };
  if (after === undefined || after.source < start.source) return start;
  if (source !== undefined && after.source > source) return undefined;
  return { source: after.source, number: tileNumber(after) };
}

async function readPage(
  tx: ReadTransaction,
  from: Position,
  source: string | undefined,
  ids: ReadonlySet<number> | undefined,
  bytes: boolean,
): Promise<Page> {
  const limit = bytes ? PAGE_WITH_BYTES : PAGE;
  const blocks = await readBlocks(tx, from, source !== undefined, ids, limit);
  const readTile = tileReader(tx);
  const tiles: (TileInfo | Promise<StoredTile>)[] = [];
  let sum = 0;
  for (const block of blocks) {
    for (const entry of block.tiles) {
      if (block.source === from.source && entry.number <= from.number) continue;
      if (!isHeldByOneOf(entry, ids)) continue;
      tiles.push(bytes ? readTile(block.source, entry) : infoOf(block.source, entry));
      sum += entry.length;
      if (bytes && sum >= PAGE_BYTES) {
        return { tiles: await Promise.all(tiles), next: { source: block.source, number: entry.number } };
      }
    }
  }
  const last = blocks.length < limit ? undefined : blocks.at(-1);
  return {
    tiles: await Promise.all(tiles),
    next: last && { source: last.source, number: (last.block + 1) * BLOCK_SIZE - 1 },
  };
}

/** The first blocks in their order that can have tiles behind the position: of these stores, if given. */
async function readBlocks(
  tx: ReadTransaction,
  { source, number }: Position,
  isOneSource: boolean,
  ids: ReadonlySet<number> | undefined,
  limit: number,
): Promise<readonly TileBlock[]> {
  const blocks = tx.objectStore("blocks");
  const first = blockOf(number + 1);
  if (ids === undefined) {
    const end = isOneSource
      ? IDBKeyRange.bound([source, first], [source, []])
      : IDBKeyRange.lowerBound([source, first]);
    return blocks.getAll(end, limit);
  }
  const order = blocks.index("order");
  const lists = await Promise.all(
    [...ids].map((id) => order.getAll(placesFrom(id, source, first, isOneSource), limit)),
  );
  const each = new Map(lists.flat().map((block) => [`${block.block} ${block.source}`, block]));
  // The first of all of them are among the first of each.
  return [...each.values()].sort(byPlace).slice(0, limit);
}

function byPlace(a: TileBlock, b: TileBlock): number {
  if (a.source !== b.source) return a.source < b.source ? -1 : 1;
  return a.block - b.block;
}
