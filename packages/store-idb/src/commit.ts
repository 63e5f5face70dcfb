import type { Checkpoint, TileStore } from "@fmtc/core";
import { applyTiles, type EditedBlock } from "./apply-tiles.ts";
import { readBlocks } from "./block-map.ts";
import { orderedBlock } from "./block-order.ts";
import { ownedDownload, recordCheckpoint } from "./checkpoint.ts";
import type { Connection } from "./connection.ts";
import { nameOf } from "./download-records.ts";
import { namedStore } from "./named-store.ts";
import { plainCopy } from "./plain-copy.ts";
import { rawStore } from "./raw-store.ts";
import type { ObjectStoreName, WriteTransaction } from "./schema.ts";
import { type WriteBatch, writeBatchOf } from "./write-batch.ts";

const TILES: readonly ObjectStoreName[] = ["stores", "blocks", "bytes"];
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
          readBlocks(tx, batch.numbers),
          checkpoint && ownedDownload(tx, checkpoint),
        ]);
        // Handled below; but should IndexedDB refuse the bytes, nobody gets there.
        reading.catch(() => undefined);
        putBytes(tx, batch);
        const [store, blocks, download] = await reading;
        if (batch.tiles.length > 0) {
          const { blocks: edited, ledger } = applyTiles(batch, blocks, store.id, pinned);
          putBlocks(tx, edited);
          tell("tiles", await ledger.write(tx, store));
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

function putBlocks(tx: WriteTransaction, blocks: readonly EditedBlock[]): void {
  const objects = rawStore(tx, "blocks");
  for (const { source, block, tiles } of blocks) objects.put(orderedBlock(source, block, tiles), [source, block]);
}
