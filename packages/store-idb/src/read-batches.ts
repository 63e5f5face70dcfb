import { StoreCorruptError, type StoredTile, type StoredTiles, type TileKey, tileNumber } from "@fmtc/core";
import type { Connection } from "./connection.ts";
import { storeIds } from "./named-store.ts";
import { nearestPack } from "./nearest-pack.ts";
import { readOnce } from "./read-once.ts";
import { blockOf, entryIn, isHeldByOneOf } from "./tile-block.ts";
import { tileReader } from "./tile-reader.ts";

/** A map asks for its tiles one by one. More than this at once wait for the next transaction, so that writes get a turn. */
const MOST = 200;

interface Waiting {
  readonly key: TileKey;
  readonly stores: readonly string[] | undefined;
  readonly resolve: (tile: StoredTile | undefined) => void;
  readonly reject: (error: unknown) => void;
}

export interface BatchReader {
  readonly read: StoredTiles["read"];
  /** Resolves when all that has been asked for has been answered. */
  readonly idle: () => Promise<void>;
}

/**
 * Reads that are asked for in the same turn, and those that come while others are under way, share a transaction: several
 * times as quick as one for each.
 */
export function createBatchReader(connection: Connection): BatchReader {
  let waiting: Waiting[] = [];
  let reading: Promise<void> | undefined;

  async function readAll(): Promise<void> {
    // Those who ask in the same turn come along.
    await null;
    while (waiting.length > 0) {
      const batch = waiting.slice(0, MOST);
      waiting = waiting.slice(MOST);
      await readBatch(connection, batch);
    }
    reading = undefined;
  }

  return {
    read: ({ source, z, x, y }, { stores } = {}) =>
      new Promise((resolve, reject) => {
        waiting.push({ key: { source, z, x, y }, stores, resolve, reject });
        reading ??= readAll();
      }),
    idle: async () => reading,
  };
}

async function readBatch({ read }: Connection, batch: readonly Waiting[]): Promise<void> {
  try {
    await read(["stores", "blocks", "packs"], async (tx) => {
      const blockOnce = readOnce(tx, "blocks");
      const readTile = tileReader(tx);
      const readOne = async ({ key, stores, resolve, reject }: Waiting) => {
        const number = tileNumber(key);
        const known = Promise.all([blockOnce(key.source, blockOf(number)), storeIds(tx, stores)]);
        // Behind these, as a tile that is not there is not to wait for it. Several share their packs, so each is read once,
        // when the blocks have told which.
        const near = batch.length === 1 ? nearestPack(tx, key.source, number) : undefined;
        // It is a guess, and who has made do without it does not hear how it failed.
        near?.catch(() => {});
        const [block, ids] = await known;
        const entry = entryIn(block, number);
        if (entry === undefined || !isHeldByOneOf(entry, ids)) return resolve(undefined);
        try {
          resolve(await readTile(key.source, entry, near));
        } catch (error) {
          if (!StoreCorruptError.isInstance(error)) throw error;
          // One damaged tile fails alone.
          reject(error);
        }
      };
      await Promise.all(batch.map(readOne));
    });
  } catch (error) {
    // Those that have been answered do not hear it.
    for (const { reject } of batch) reject(error);
  }
}
