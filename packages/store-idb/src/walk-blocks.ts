import { entryOf, PLACE, rangeOf } from "./block-order.ts";
import type { ReadTransaction } from "./schema.ts";
import type { TileBlock } from "./tile-block.ts";

/** Enough to keep IndexedDB busy, and few enough to be read in one breath: up to 2,048 tiles. */
const PAGE = 32;
/** Who evicts a tile or two is content with the first ones. */
const FIRST_PAGE = 2;

/** The blocks of a store by one kind of order, as `block-order.ts` has them, in pages that grow. */
export async function* blockPages(
  tx: ReadTransaction,
  storeId: number,
  kind: number,
  range: IDBKeyRange = rangeOf(storeId, kind),
): AsyncGenerator<readonly TileBlock[], void, undefined> {
  const index = tx.objectStore("blocks").index("order");
  let rest = range;
  for (let size = FIRST_PAGE; ; size = Math.min(2 * size, PAGE)) {
    const page = await index.getAll(rest, size);
    const last = page.at(-1);
    if (last === undefined) return;
    yield page;
    if (page.length < size) return;
    rest = IDBKeyRange.bound(entryOf(last, storeId, kind), range.upper, true, range.upperOpen);
  }
}

/** All blocks of a store, in the order of their places. */
export async function* blocksOfStore(tx: ReadTransaction, storeId: number): AsyncGenerator<TileBlock, void, undefined> {
  for await (const page of blockPages(tx, storeId, PLACE)) yield* page;
}
