import { type Cover, tileNumber } from "@fmtc/core";
import { placesBetween } from "./block-order.ts";
import type { ReadTransaction } from "./schema.ts";
import { blockOf, type TileBlock } from "./tile-block.ts";

/** How many blocks are read at once, where a row of the cover is no longer than that. */
const LEAST = 8;
const MOST = 32;

/** Blocks first to last, the last included. */
interface BlockSpan {
  readonly first: number;
  last: number;
}

/** The blocks of a store that can have tiles of a cover. It leaps over what lies between the cover's rows. */
export async function* coverBlocks(
  tx: ReadTransaction,
  storeId: number,
  source: string,
  cover: Cover,
): AsyncGenerator<TileBlock, void, undefined> {
  const index = tx.objectStore("blocks").index("order");
  const spans = spansOf(cover);
  const end = spans.at(-1)?.last ?? -1;
  let from = spans[0]?.first ?? 0;
  let s = 0;
  while (s < spans.length) {
    const limit = Math.min(MOST, Math.max(LEAST, (spans[s]?.last ?? 0) - from + 1));
    const page = await index.getAll(placesBetween(storeId, source, from, end), limit);
    for (const block of page) {
      while ((spans[s]?.last ?? Infinity) < block.block) s++;
      if ((spans[s]?.first ?? Infinity) <= block.block) yield block;
    }
    if (page.length < limit) return;
    from = (page.at(-1)?.block ?? 0) + 1;
    while ((spans[s]?.last ?? Infinity) < from) s++;
    from = Math.max(from, spans[s]?.first ?? 0);
  }
}

/** The spans of a cover as spans of blocks, those that touch as one. */
function spansOf(cover: Cover): readonly BlockSpan[] {
  const spans: BlockSpan[] = [];
  cover.forEachSpan((z, y, x0, x1) => {
    const first = blockOf(tileNumber({ z, x: x0, y }));
    const last = blockOf(tileNumber({ z, x: x1 - 1, y }));
    const before = spans.at(-1);
    if (before !== undefined && first <= before.last + 1) before.last = last;
    else spans.push({ first, last });
  });
  return spans;
}
