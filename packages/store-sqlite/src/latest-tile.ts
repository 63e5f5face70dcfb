import { type TileWrite, tileNumber } from "@fmtc/core";
import type { Connection } from "./connection.ts";
import { type Outcome, outcome } from "./outcome.ts";
import { rowId } from "./row-id.ts";
import { storeId } from "./store-rows.ts";

// A store's row names its latest tile. When that one goes, or is said to be older, the next one is not known until
// somebody asks for it: nothing but a look at all tiles finds it.

/** Notes which of the tiles that have just been written is the store's latest. Its length does not count them yet. */
export function recordLatest(
  connection: Connection,
  store: number,
  tiles: readonly TileWrite[],
  sources: ReadonlyMap<string, number>,
): void {
  let last: TileWrite | undefined;
  for (const tile of tiles) if (last === undefined || tile.storedAt >= last.storedAt) last = tile;
  if (last === undefined) return;
  connection
    .prepare(
      `UPDATE stores SET latest = ${rowId(":number")}, latest_at = :storedAt
       WHERE id = :store AND (length = 0 OR latest_at <= :storedAt)`,
    )
    .run({ source: sources.get(last.source) ?? 0, number: tileNumber(last), storedAt: last.storedAt, store });
  connection
    .prepare(
      `UPDATE stores SET latest = NULL, latest_at = NULL
       WHERE id = ? AND latest_at > (SELECT stored_at FROM tiles WHERE id = latest)`,
    )
    .run(store);
}

/** Finds the latest tile of a store, if it is not known. */
export function findLatest(connection: Connection, name: string): Outcome<void> {
  connection
    .prepare(
      `UPDATE stores SET (latest, latest_at) = (
         SELECT t.id, t.stored_at FROM memberships m JOIN tiles t ON t.id = m.tile
         WHERE m.store = stores.id ORDER BY t.stored_at DESC, t.id DESC LIMIT 1
       )
       WHERE id = ? AND latest IS NULL`,
    )
    .run(storeId(connection, name));
  return outcome(undefined);
}
