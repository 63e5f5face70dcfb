import { StoreCorruptError } from "@fmtc/core";
import { rawStore } from "./raw-store.ts";
import type { NamedStoreRecord, StoreSums, WriteTransaction } from "./schema.ts";
import { type Holder, isPinnedHolder, storeOfHolder } from "./tile-block.ts";

type Counted = { readonly length: number; readonly holders: readonly Holder[] };
type Change = { -readonly [Sum in keyof StoreSums]: number };

/**
 * What a transaction adds to the sums of stores, and takes from them. The first holder of a tile owns it, which counts it
 * once: what all stores own is what the database has, without a sum of its own that each removal would have to write.
 */
export class Ledger {
  readonly #changes = new Map<number, Change>();

  /** Counts a tile as it is now (1), or as it was (−1). */
  count({ length, holders }: Counted, sign: 1 | -1): void {
    for (const [i, holder] of holders.entries()) {
      const change = this.#changeOf(storeOfHolder(holder));
      change.length += sign;
      change.bytes += sign * length;
      if (isPinnedHolder(holder)) {
        change.pinnedLength += sign;
        change.pinnedBytes += sign * length;
      }
      if (i === 0) {
        change.ownedLength += sign;
        change.ownedBytes += sign * length;
      }
    }
  }

  /** Writes the sums, and returns the names of all stores that hold one of the counted tiles. `known` has been read. */
  async write(tx: WriteTransaction, known: NamedStoreRecord): Promise<readonly string[]> {
    const names: string[] = [];
    for (const [id, change] of this.#changes) {
      const store = id === known.id ? known : await tx.objectStore("stores").get(id);
      if (store === undefined) throw new StoreCorruptError(`A tile belongs to store ${id}, which is not there.`);
      names.push(store.name);
      if (Object.values(change).some((sum) => sum !== 0))
        rawStore(tx, "stores").put({ ...store, ...added(store, change) });
    }
    return names;
  }

  /** Leaves out a store that goes itself. */
  forget(storeId: number): void {
    this.#changes.delete(storeId);
  }

  #changeOf(id: number): Change {
    const known = this.#changes.get(id);
    if (known !== undefined) return known;
    const change = { length: 0, bytes: 0, pinnedLength: 0, pinnedBytes: 0, ownedLength: 0, ownedBytes: 0 };
    this.#changes.set(id, change);
    return change;
  }
}

function added(store: StoreSums, change: StoreSums): StoreSums {
  return {
    length: store.length + change.length,
    bytes: store.bytes + change.bytes,
    pinnedLength: store.pinnedLength + change.pinnedLength,
    pinnedBytes: store.pinnedBytes + change.pinnedBytes,
    ownedLength: store.ownedLength + change.ownedLength,
    ownedBytes: store.ownedBytes + change.ownedBytes,
  };
}
