import type { ReadTransaction } from "./schema.ts";
import { BLOCK_SIZE, blockOf } from "./tile-block.ts";
import type { TilePack } from "./tile-pack.ts";

/** A pack with its number, which is that of its first tile. */
export interface NumberedPack {
  readonly number: number;
  readonly pack: TilePack;
}

/**
 * The pack that begins at a tile, or else the last one before it in its block: where downloads have put its bytes, as they
 * write in order. Only the block knows for sure, but who reads one tile then waits once, and not for one after the other.
 */
export async function nearestPack(
  tx: ReadTransaction,
  source: string,
  number: number,
): Promise<NumberedPack | undefined> {
  const first = blockOf(number) * BLOCK_SIZE;
  const cursor = await tx.objectStore("packs").openCursor(IDBKeyRange.bound([source, first], [source, number]), "prev");
  return cursor === null ? undefined : { number: cursor.key[1], pack: cursor.value };
}
