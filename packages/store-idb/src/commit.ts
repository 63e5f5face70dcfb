import { type Checkpoint, StoreCorruptError, type TileStore } from "@fmtc/core";
import { applyTiles, type Sums, type TilesChange } from "./apply-tiles.ts";
import { readBlocks } from "./block-map.ts";
import { orderedBlock } from "./block-order.ts";
import { ownedDownload, recordCheckpoint } from "./checkpoint.ts";
import type { Connection } from "./connection.ts";
import { nameOf } from "./download-records.ts";
import { namedStore, readTotals } from "./named-store.ts";
import { plainCopy } from "./plain-copy.ts";
import { rawStore } from "./raw-store.ts";
import type { NamedStoreRecord, ObjectStoreName, Totals, WriteTransaction } from "./schema.ts";
import { type WriteBatch, writeBatchOf } from "./write-batch.ts";

const TILES: readonly ObjectStoreName[] = ["stores", "totals", "blocks", "bytes"];
const CHECKPOINT: readonly ObjectStoreName[] = ["downloads", "failed"];

/**
 * Everything is asked for at once: what is known of the tiles, and the writing of their bytes, which depends on nothing.
 * So IndexedDB is busy with the bytes while we work out the rest. If that is refused, the bytes go with the transaction.
 */
export function commitTiles({ write }: Connection): TileStore["commit"] {
  return async ({ store: name, tiles, pinned = false, transfer = false, ...commit }) => {
    const batch = writeBatchOf(tiles, transfer);
    const checkpoint = commit.checkpoint && plainCopy(commit.checkpoint);
    const names = checkpoint === undefined ? TILES : [...TILES, ...CHECKPOINT];
    await write(
      names,
      async (tx, tell) => {
        const reading = Promise.all([
          namedStore(tx, name),
          readTotals(tx),
          readBlocks(tx, batch.numbers),
          checkpoint && ownedDownload(tx, checkpoint),
        ]);
        // Handled below; but should IndexedDB refuse the bytes, nobody gets there.
        reading.catch(() => undefined);
        putBytes(tx, batch);
        const [store, totals, blocks, download] = await reading;
        if (batch.tiles.length > 0) {
          const change = applyTiles(batch, blocks, store.id, pinned);
          tell("tiles", await putTiles(tx, change, store));
          putTotals(tx, totals, change.totals);
        }
        if (checkpoint === undefined || download === undefined) return;
        recordCheckpoint(tx, download, checkpoint);
        tell("downloads", [download.storeId === store.id ? name : await nameOf(tx, download)]);
      },
      durabilityOf(checkpoint),
    );
  };
}

/**
 * Tiles and progress are in one transaction, so what a loss of power takes, it takes of both, and recovery goes on from
 * what is left: relaxed is enough, and quicker. But who is told that a download is complete may switch off at once.
 */
function durabilityOf(checkpoint: Checkpoint | undefined): IDBTransactionDurability {
  return checkpoint === undefined || checkpoint.progress.state === "running" ? "relaxed" : "strict";
}

function putBytes(tx: WriteTransaction, { bytes }: WriteBatch): void {
  const objects = rawStore(tx, "bytes");
  for (const [source, buffers] of bytes) {
    for (const [number, buffer] of buffers) objects.put(buffer, [source, number]);
  }
}

/** Writes blocks and sums, and returns the names of the stores that hold one of the tiles. */
async function putTiles(
  tx: WriteTransaction,
  { blocks, stores }: TilesChange,
  store: NamedStoreRecord,
): Promise<readonly string[]> {
  const objects = rawStore(tx, "blocks");
  for (const { source, block, tiles } of blocks) objects.put(orderedBlock(source, block, tiles), [source, block]);
  const names: string[] = [];
  for (const [id, sums] of stores) {
    const holder = id === store.id ? store : await tx.objectStore("stores").get(id);
    if (holder === undefined) throw new StoreCorruptError(`A tile belongs to store ${id}, which is not there.`);
    rawStore(tx, "stores").put(withSums(holder, sums));
    names.push(holder.name);
  }
  return names;
}

function putTotals(tx: WriteTransaction, { length, bytes }: Totals, change: Totals): void {
  rawStore(tx, "totals").put({ length: length + change.length, bytes: bytes + change.bytes }, 0);
}

function withSums(store: NamedStoreRecord, sums: Sums): NamedStoreRecord {
  return {
    ...store,
    length: store.length + sums.length,
    bytes: store.bytes + sums.bytes,
    pinnedLength: store.pinnedLength + sums.pinnedLength,
    pinnedBytes: store.pinnedBytes + sums.pinnedBytes,
  };
}
