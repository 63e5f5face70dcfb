import type { Connection } from "./connection.ts";
import { ROW_ID, rowId, type TileId } from "./row-id.ts";

/** Another store that holds a tile. */
export interface OtherHolder {
  readonly store: number;
  readonly evictAt: number | null;
}

/** What has become of a tile that others hold too. */
export interface SharedUpdate extends TileId {
  readonly storedAt: number;
  readonly storedBefore: number;
  readonly length: number;
  readonly lengthBefore: number;
  /** Whether the store that writes it has not held it before. */
  readonly hasJoined: boolean;
}

/**
 * The stores that hold a tile beside this one. Memberships are ordered by store, so each store is asked; most tiles have
 * one holder, and then none is.
 */
export function otherHolders(
  connection: Connection,
  store: number,
  { source, number }: TileId,
  holders: number,
  isHolder: boolean,
): readonly OtherHolder[] {
  if (isHolder && holders === 1) return [];
  return connection
    .prepare(
      `SELECT m.store, m.evict_at AS evictAt
       FROM stores s CROSS JOIN memberships m ON m.store = s.id AND m.tile = ${rowId(":number")}
       WHERE s.id <> :store`,
    )
    .all({ source, number, store }) as { store: number; evictAt: number | null }[];
}

/** Corrects what the other holders of a tile keep of it: their sums, when they may evict it, and their latest tile. */
export function tellOtherHolders(
  connection: Connection,
  others: readonly OtherHolder[],
  { source, number, storedAt, storedBefore, length, lengthBefore, hasJoined }: SharedUpdate,
): void {
  const wasSole = hasJoined && others.length === 1;
  for (const { store, evictAt } of others) {
    if (wasSole) {
      connection
        .prepare("UPDATE stores SET sole_length = sole_length - 1, sole_bytes = sole_bytes - ? WHERE id = ?")
        .run(lengthBefore, store);
    }
    if (length !== lengthBefore) {
      const more = length - lengthBefore;
      connection
        .prepare("UPDATE stores SET bytes = bytes + ?, pinned_bytes = pinned_bytes + ? WHERE id = ?")
        .run(more, evictAt === null ? more : 0, store);
    }
    if (storedAt === storedBefore) continue;
    if (evictAt !== null) {
      connection
        .prepare(`UPDATE memberships SET evict_at = ? WHERE store = ? AND tile = ${ROW_ID}`)
        .run(storedAt, store, source, number);
    }
    noteStored(connection, store, source, number, storedAt);
  }
}

/** A tile of a store was stored, at this time: whether it is the latest now, or was and no longer is. */
function noteStored(connection: Connection, store: number, source: number, number: number, storedAt: number): void {
  connection
    .prepare(
      `UPDATE stores SET latest = ${rowId(":number")}, latest_at = :storedAt
       WHERE id = :store AND latest_at <= :storedAt`,
    )
    .run({ source, number, storedAt, store });
  connection
    .prepare(
      `UPDATE stores SET latest = NULL, latest_at = NULL
       WHERE id = :store AND latest = ${rowId(":number")} AND latest_at > :storedAt`,
    )
    .run({ source, number, storedAt, store });
}
