import { type StoredTile, type StoredTiles, type TileKey, tileNumber } from "@fmtc/core";
import type { Connection } from "./connection.ts";
import { storeIds } from "./named-store.ts";
import { withBytes } from "./read-bytes.ts";
import type { ReadTransaction } from "./schema.ts";
import { blockOf, entryIn, infoOf, isHeldByOneOf, type TileBlock } from "./tile-block.ts";

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
    await read(["stores", "blocks", "bytes"], async (tx) => {
      const blockOnce = blocksReadOnce(tx);
      // Each is answered as soon as its own tile is there.
      await Promise.all(batch.map(async (each) => each.resolve(await readOne(tx, each, blockOnce))));
    });
  } catch (error) {
    // Those that have been answered do not hear it.
    for (const { reject } of batch) reject(error);
  }
}

async function readOne(
  tx: ReadTransaction,
  { key, stores, reject }: Waiting,
  blockOnce: (source: string, block: number) => Promise<TileBlock | undefined>,
): Promise<StoredTile | undefined> {
  const number = tileNumber(key);
  const [block, buffer, ids] = await Promise.all([
    blockOnce(key.source, blockOf(number)),
    tx.objectStore("bytes").get([key.source, number]),
    storeIds(tx, stores),
  ]);
  const entry = entryIn(block, number);
  if (entry === undefined || !isHeldByOneOf(entry, ids)) return undefined;
  try {
    return withBytes(infoOf(key.source, entry), buffer);
  } catch (error) {
    // One damaged tile fails alone.
    reject(error);
    return undefined;
  }
}

/** Neighbours on a map mostly lie in the same block. */
function blocksReadOnce(tx: ReadTransaction): (source: string, block: number) => Promise<TileBlock | undefined> {
  const reads = new Map<string, Promise<TileBlock | undefined>>();
  return (source, block) => {
    const key = `${block} ${source}`;
    const known = reads.get(key);
    if (known !== undefined) return known;
    const read = tx.objectStore("blocks").get([source, block]);
    reads.set(key, read);
    return read;
  };
}
