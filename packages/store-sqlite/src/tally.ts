import type { Connection } from "./connection.ts";

/** How the sums of a store, and of the database, change in a transaction. */
export interface Tally {
  /** Of the database. */
  newTiles: number;
  newBytes: number;
  /** Of the store. */
  length: number;
  bytes: number;
  pinnedLength: number;
  pinnedBytes: number;
  soleLength: number;
  soleBytes: number;
}

export function emptyTally(): Tally {
  return {
    newTiles: 0,
    newBytes: 0,
    length: 0,
    bytes: 0,
    pinnedLength: 0,
    pinnedBytes: 0,
    soleLength: 0,
    soleBytes: 0,
  };
}

export function addTally(connection: Connection, store: number, tally: Tally): void {
  connection
    .prepare(
      `UPDATE stores SET length = length + ?, bytes = bytes + ?, pinned_length = pinned_length + ?,
         pinned_bytes = pinned_bytes + ?, sole_length = sole_length + ?, sole_bytes = sole_bytes + ?
       WHERE id = ?`,
    )
    .run(tally.length, tally.bytes, tally.pinnedLength, tally.pinnedBytes, tally.soleLength, tally.soleBytes, store);
  connection.prepare("UPDATE totals SET length = length + ?, bytes = bytes + ?").run(tally.newTiles, tally.newBytes);
}
