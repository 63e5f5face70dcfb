import type { Checkpoint, TileStore } from "@fmtc/core";
import { applyTiles } from "./apply-tiles.ts";
import { readBlocks } from "./block-map.ts";
import { ownedDownload, recordCheckpoint } from "./checkpoint.ts";
import type { Connection } from "./connection.ts";
import { nameOf } from "./download-records.ts";
import { namedStore } from "./named-store.ts";
import { plainCopy } from "./plain-copy.ts";
import { rewriteBlock } from "./rewrite-block.ts";
import type { ObjectStoreName } from "./schema.ts";
import { writeBatchOf } from "./write-batch.ts";

const TILES: readonly ObjectStoreName[] = ["stores", "blocks", "packs"];
const CHECKPOINT: readonly ObjectStoreName[] = ["downloads", "failed"];

/** Looks at what is there, works out what becomes of it, and writes that. */
export function commitTiles({ write }: Connection): TileStore["commit"] {
  return async ({ store: name, tiles, pinned = false, transfer = false, ...commit }) => {
    const batch = writeBatchOf(tiles, transfer);
    const checkpoint = commit.checkpoint && plainCopy(commit.checkpoint);
    const names = checkpoint === undefined ? TILES : [...TILES, ...CHECKPOINT];
    await write(
      names,
      async (tx, tell) => {
        const [store, blocks, download] = await Promise.all([
          namedStore(tx, name),
          readBlocks(tx, batch.numbers),
          checkpoint && ownedDownload(tx, checkpoint),
        ]);
        if (batch.tiles.length > 0) {
          const { blocks: edited, ledger } = applyTiles(batch, blocks, store.id, pinned);
          await Promise.all(edited.map(({ before, tiles: after, fresh }) => rewriteBlock(tx, before, after, fresh)));
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
