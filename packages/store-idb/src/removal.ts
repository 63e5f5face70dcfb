import type { Freed } from "@fmtc/core";
import { orderedBlock } from "./block-order.ts";
import { readTotals } from "./named-store.ts";
import { rawStore } from "./raw-store.ts";
import type { NamedStoreRecord, WriteTransaction } from "./schema.ts";
import { BLOCK_SIZE, holderIn, isPinnedHolder, type TileBlock, type TileEntry } from "./tile-block.ts";

/** Takes tiles out of a store, block by block. */
export interface Removal {
  /** Takes out what is wanted of those tiles of the block that the store holds; each block once. */
  readonly take: (block: TileBlock, isWanted: (entry: TileEntry) => boolean) => void;
  /** Writes the sums, and returns what was freed. */
  readonly finish: () => Promise<Freed>;
}

/** What removing did to one block. */
interface Taken {
  readonly left: TileEntry[];
  readonly orphans: TileEntry[];
}

/** In a dry run nothing is written. Tiles that no other store holds are deleted. */
export async function beginRemoval(tx: WriteTransaction, store: NamedStoreRecord, dryRun = false): Promise<Removal> {
  const totals = await readTotals(tx);
  const sums = { length: 0, bytes: 0, pinnedLength: 0, pinnedBytes: 0 };
  const freed = { removed: 0, deleted: 0, bytes: 0 };

  function takeFrom({ tiles }: TileBlock, isWanted: (entry: TileEntry) => boolean): Taken | undefined {
    const left: TileEntry[] = [];
    const orphans: TileEntry[] = [];
    const removedBefore = freed.removed;
    for (const entry of tiles) {
      const holder = holderIn(entry, store.id);
      if (holder === undefined || !isWanted(entry)) {
        left.push(entry);
        continue;
      }
      freed.removed += 1;
      sums.bytes += entry.length;
      if (isPinnedHolder(holder)) {
        sums.pinnedLength += 1;
        sums.pinnedBytes += entry.length;
      }
      const others = entry.holders.filter((each) => each !== holder);
      if (others.length > 0) left.push({ ...entry, holders: others });
      else {
        freed.deleted += 1;
        freed.bytes += entry.length;
        orphans.push(entry);
      }
    }
    return freed.removed === removedBefore ? undefined : { left, orphans };
  }

  return {
    take: (block, isWanted) => {
      const taken = takeFrom(block, isWanted);
      if (taken !== undefined && !dryRun) write(tx, block, taken);
    },
    finish: async () => {
      if (dryRun || freed.removed === 0) return freed;
      await tx.objectStore("stores").put({
        ...store,
        length: store.length - freed.removed,
        bytes: store.bytes - sums.bytes,
        pinnedLength: store.pinnedLength - sums.pinnedLength,
        pinnedBytes: store.pinnedBytes - sums.pinnedBytes,
      });
      await tx
        .objectStore("totals")
        .put({ length: totals.length - freed.deleted, bytes: totals.bytes - freed.bytes }, 0);
      return freed;
    },
  };
}

function write(tx: WriteTransaction, { source, block }: TileBlock, { left, orphans }: Taken): void {
  const blocks = rawStore(tx, "blocks");
  const bytes = rawStore(tx, "bytes");
  if (left.length === 0) {
    const first = block * BLOCK_SIZE;
    bytes.delete(IDBKeyRange.bound([source, first], [source, first + BLOCK_SIZE], false, true));
    blocks.delete([source, block]);
    return;
  }
  for (const { number } of orphans) bytes.delete([source, number]);
  blocks.put(orderedBlock(source, block, left), [source, block]);
}
