import { type Freed, type RemoveOptions, type StoredTiles, tileOfNumber } from "@fmtc/core";
import { readBlocks } from "./block-map.ts";
import { before, OLDEST, OLDEST_PINNED } from "./block-order.ts";
import type { Connection } from "./connection.ts";
import { coverBlocks } from "./cover-blocks.ts";
import { namedStore } from "./named-store.ts";
import { numbersBySource } from "./numbers-by-source.ts";
import { beginRemoval, type Removal } from "./removal.ts";
import type { NamedStoreRecord, WriteTransaction } from "./schema.ts";
import { holderOf } from "./tile-block.ts";
import { blockPages } from "./walk-blocks.ts";

const NAMES = ["stores", "blocks", "packs"] as const;

type RemoveTiles = Pick<StoredTiles, "remove" | "removeCover" | "removeOlderThan">;

export function removeTiles(connection: Connection): RemoveTiles {
  return {
    remove: (name, keys, options) => {
      const numbers = numbersBySource(keys);
      return removeFrom(connection, name, options, async (tx, _, removal) => {
        for (const block of await readBlocks(tx, numbers)) {
          await removal.take(block, ({ number }) => numbers.get(block.source)?.has(number) === true);
        }
      });
    },
    removeCover: (name, source, cover, options) =>
      removeFrom(connection, name, options, async (tx, store, removal) => {
        for await (const block of coverBlocks(tx, store.id, source, cover)) {
          await removal.take(block, ({ number }) => cover.has(tileOfNumber(number)));
        }
      }),
    removeOlderThan: (name, time, options) =>
      removeFrom(connection, name, options, async (tx, { id }, removal) => {
        for (const isPinned of [false, true]) {
          const holder = holderOf(id, isPinned);
          const kind = isPinned ? OLDEST_PINNED : OLDEST;
          // A block with tiles of both kinds comes twice, and is read anew the second time.
          for await (const page of blockPages(tx, id, kind, before(id, kind, time))) {
            for (const block of page) {
              await removal.take(block, ({ storedAt, holders }) => storedAt < time && holders.includes(holder));
            }
          }
        }
      }),
  };
}

/** A removal as a transaction: `take` what is to go. */
export function removeFrom(
  { write }: Connection,
  name: string,
  { dryRun }: RemoveOptions = {},
  take: (tx: WriteTransaction, store: NamedStoreRecord, removal: Removal) => Promise<void>,
): Promise<Freed> {
  return write(NAMES, async (tx, tell) => {
    const store = await namedStore(tx, name);
    const removal = beginRemoval(tx, store, dryRun);
    await take(tx, store, removal);
    const freed = await removal.finish();
    if (dryRun !== true && freed.removed > 0) tell("tiles", [name]);
    return freed;
  });
}
