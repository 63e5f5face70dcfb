import type { Freed } from "@fmtc/core";
import { orderedBlock } from "./block-order.ts";
import { Ledger } from "./ledger.ts";
import { rawStore } from "./raw-store.ts";
import type { NamedStoreRecord, WriteTransaction } from "./schema.ts";
import { BLOCK_SIZE, holderIn, type TileBlock, type TileEntry } from "./tile-block.ts";

/** Takes tiles out of a store, block by block. */
export interface Removal {
  /** Takes out what is wanted of those tiles of the block that the store holds; each block once. */
  readonly take: (block: TileBlock, isWanted: (entry: TileEntry) => boolean) => void;
  /** Writes the sums: of this store too, unless it goes itself. */
  readonly finish: (options?: { readonly storeGoes: boolean }) => Promise<Freed>;
}

/** What removing did to one block. */
interface Taken {
  readonly left: TileEntry[];
  readonly orphans: TileEntry[];
}

/**
 * In a dry run nothing is written. Tiles that no other store holds are deleted, and a block of nothing else is deleted
 * with them: deleting needs no room, where writing does.
 */
export function beginRemoval(tx: WriteTransaction, store: NamedStoreRecord, dryRun = false): Removal {
  const ledger = new Ledger();
  const freed = { removed: 0, deleted: 0, bytes: 0 };

  function takeFrom({ tiles }: TileBlock, isWanted: (entry: TileEntry) => boolean): Taken {
    const left: TileEntry[] = [];
    const orphans: TileEntry[] = [];
    for (const entry of tiles) {
      const holder = holderIn(entry, store.id);
      if (holder === undefined || !isWanted(entry)) {
        left.push(entry);
        continue;
      }
      freed.removed += 1;
      ledger.count(entry, -1);
      const shared = { ...entry, holders: entry.holders.filter((each) => each !== holder) };
      if (shared.holders.length > 0) {
        ledger.count(shared, 1);
        left.push(shared);
      } else {
        freed.deleted += 1;
        freed.bytes += entry.length;
        orphans.push(entry);
      }
    }
    return { left, orphans };
  }

  return {
    take: (block, isWanted) => {
      const before = freed.removed;
      const taken = takeFrom(block, isWanted);
      if (freed.removed > before && !dryRun) write(tx, block, taken);
    },
    finish: async ({ storeGoes } = { storeGoes: false }) => {
      if (storeGoes) ledger.forget(store.id);
      if (!dryRun) await ledger.write(tx, store);
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
