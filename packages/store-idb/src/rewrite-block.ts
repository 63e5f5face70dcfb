import { orderedBlock } from "./block-order.ts";
import { putPacks } from "./put-packs.ts";
import { rawStore } from "./raw-store.ts";
import type { WriteTransaction } from "./schema.ts";
import { BLOCK_SIZE, type TileBlock, type TileEntry } from "./tile-block.ts";

const NOTHING: ReadonlyMap<number, ArrayBuffer> = new Map();

/**
 * Writes a block with the tiles that it has now, and the bytes of those that came with new ones. A block without tiles is
 * deleted, with all its packs: deleting needs no room, where writing does.
 */
export async function rewriteBlock(
  tx: WriteTransaction,
  { source, block, tiles: before }: TileBlock,
  after: readonly TileEntry[],
  fresh = NOTHING,
): Promise<void> {
  const blocks = rawStore(tx, "blocks");
  if (after.length > 0) {
    const tiles = await putPacks(tx, source, before, after, fresh);
    blocks.put(orderedBlock(source, block, tiles), [source, block]);
    return;
  }
  const first = block * BLOCK_SIZE;
  rawStore(tx, "packs").delete(IDBKeyRange.bound([source, first], [source, first + BLOCK_SIZE], false, true));
  blocks.delete([source, block]);
}
