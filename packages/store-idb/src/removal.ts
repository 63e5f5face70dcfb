import type { Freed } from "@fmtc/core";
import { Ledger } from "./ledger.ts";
import { rewriteBlock } from "./rewrite-block.ts";
import type { NamedStoreRecord, WriteTransaction } from "./schema.ts";
import { holderIn, type TileBlock, type TileEntry } from "./tile-block.ts";

/** Takes tiles out of a store, block by block. */
export interface Removal {
  /** Takes out what is wanted of those tiles of the block that the store holds; each block once. */
  readonly take: (block: TileBlock, isWanted: (entry: TileEntry) => boolean) => Promise<void>;
  /** Writes the sums: of this store too, unless it goes itself. */
  readonly finish: (options?: { readonly storeGoes: boolean }) => Promise<Freed>;
}

/** In a dry run nothing is written. Tiles that no other store holds are deleted. */
export function beginRemoval(tx: WriteTransaction, store: NamedStoreRecord, dryRun = false): Removal {
  const ledger = new Ledger();
  const freed = { removed: 0, deleted: 0, bytes: 0 };

  /** What is left of a block. */
  function leftOf({ tiles }: TileBlock, isWanted: (entry: TileEntry) => boolean): readonly TileEntry[] {
    const left: TileEntry[] = [];
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
      }
    }
    return left;
  }

  return {
    take: async (block, isWanted) => {
      const before = freed.removed;
      const left = leftOf(block, isWanted);
      if (freed.removed > before && !dryRun) await rewriteBlock(tx, block, left);
    },
    finish: async ({ storeGoes } = { storeGoes: false }) => {
      if (storeGoes) ledger.forget(store.id);
      if (!dryRun) await ledger.write(tx, store);
      return freed;
    },
  };
}
