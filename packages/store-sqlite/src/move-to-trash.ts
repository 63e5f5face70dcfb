import type { Freed } from "@fmtc/core";
import { clearSomeTrash, findTrash, HAS_ONE_HOLDER } from "./clear-trash.ts";
import type { Connection } from "./connection.ts";
import { addTally } from "./tally.ts";

/** The tiles that are to be taken out of a store. */
export const DOOMED_TABLE = "CREATE TEMP TABLE doomed (tile INTEGER PRIMARY KEY) STRICT;";

/** What the doomed tiles are to their store, and to the database. */
type DoomedSums = {
  readonly length: number;
  readonly bytes: number;
  readonly pinnedLength: number;
  readonly pinnedBytes: number;
  readonly soleLength: number;
  readonly soleBytes: number;
  /** Those that no other store holds, trash aside. */
  readonly deleted: number;
  readonly deletedBytes: number;
};

/** Takes the doomed tiles, all of which the store holds, out of it; or, in a dry run, only tells what that would free. */
export function takeOutDoomed(connection: Connection, store: number, dryRun: boolean): Freed {
  const sums = sumsOfDoomed(connection, store);
  if (!dryRun && sums.length > 0) moveDoomed(connection, store, sums);
  connection.prepare("DELETE FROM doomed").run();
  return { removed: sums.length, deleted: sums.deleted, bytes: sums.deletedBytes };
}

/** Makes a store trash as a whole. Its metadata and downloads are not its tiles, and none of this one's business. */
export function trashStore(connection: Connection, store: number): Freed {
  const freed = freedOfStore(connection, store);
  connection.prepare("UPDATE totals SET length = length - ?, bytes = bytes - ?").run(freed.deleted, freed.bytes);
  connection.prepare("UPDATE stores SET name = NULL WHERE id = ?").run(store);
  clearSomeTrash(connection);
  return freed;
}

function sumsOfDoomed(connection: Connection, store: number): DoomedSums {
  const row = connection
    .prepare(
      `SELECT count(*) AS length, ifnull(sum(t.length), 0) AS bytes,
         count(*) FILTER (WHERE m.evict_at IS NULL) AS pinnedLength,
         ifnull(sum(t.length) FILTER (WHERE m.evict_at IS NULL), 0) AS pinnedBytes,
         count(*) FILTER (WHERE t.holders = 1) AS soleLength,
         ifnull(sum(t.length) FILTER (WHERE t.holders = 1), 0) AS soleBytes,
         count(*) FILTER (WHERE ${HAS_ONE_HOLDER}) AS deleted,
         ifnull(sum(t.length) FILTER (WHERE ${HAS_ONE_HOLDER}), 0) AS deletedBytes
       FROM doomed d JOIN memberships m ON m.store = ? AND m.tile = d.tile JOIN tiles t ON t.id = d.tile`,
    )
    .get(store);
  return row as DoomedSums;
}

function moveDoomed(connection: Connection, store: number, sums: DoomedSums): void {
  const { lastInsertRowid: trash } = connection.prepare("INSERT INTO stores (name) VALUES (NULL)").run();
  // In this order the pages of the old rows serve for the new ones: a file that is full can be cleared, too.
  connection.prepare("DELETE FROM memberships WHERE store = ? AND tile IN (SELECT tile FROM doomed)").run(store);
  connection.prepare("INSERT INTO memberships SELECT ?, tile, NULL FROM doomed").run(trash);
  connection
    .prepare("UPDATE stores SET latest = NULL, latest_at = NULL WHERE id = ? AND latest IN (SELECT tile FROM doomed)")
    .run(store);
  addTally(connection, store, {
    newTiles: -sums.deleted,
    newBytes: -sums.deletedBytes,
    length: -sums.length,
    bytes: -sums.bytes,
    pinnedLength: -sums.pinnedLength,
    pinnedBytes: -sums.pinnedBytes,
    soleLength: -sums.soleLength,
    soleBytes: -sums.soleBytes,
  });
  clearSomeTrash(connection);
}

/** From the sums of the store; but while other trash holds some of its tiles too, these have to be looked at. */
function freedOfStore(connection: Connection, store: number): Freed {
  if (findTrash(connection) === undefined) {
    const row = connection
      .prepare("SELECT length AS removed, sole_length AS deleted, sole_bytes AS bytes FROM stores WHERE id = ?")
      .get(store);
    return { ...(row as { removed: number; deleted: number; bytes: number }) };
  }
  const row = connection
    .prepare(
      `SELECT count(*) AS removed, count(*) FILTER (WHERE ${HAS_ONE_HOLDER}) AS deleted,
         ifnull(sum(t.length) FILTER (WHERE ${HAS_ONE_HOLDER}), 0) AS bytes
       FROM memberships m JOIN tiles t ON t.id = m.tile WHERE m.store = ?`,
    )
    .get(store);
  return { ...(row as { removed: number; deleted: number; bytes: number }) };
}
