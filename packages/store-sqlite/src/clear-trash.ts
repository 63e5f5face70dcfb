import { type TileWrite, tileNumber } from "@fmtc/core";
import type { Connection } from "./connection.ts";
import { ROW_ID } from "./row-id.ts";

// Removing is two things. What is removed becomes trash in one quick transaction: from then on nobody sees it. Clearing
// it away takes its time, a little at a time, between the transactions of others, and goes on after a crash.

/** How much is cleared at a time. */
const MAX_TILES = 500;
const MAX_BYTES = 32 * 1024 * 1024;

/** How much of the trash holds a tile `t`. */
const TRASH_HOLDERS = `(
  SELECT count(*) FROM stores trash CROSS JOIN memberships held ON held.store = trash.id AND held.tile = t.id
  WHERE trash.name IS NULL
)`;

/** The condition that a store holds a tile `t`, trash aside. */
export const IS_LIVE = `t.holders > ${TRASH_HOLDERS}`;

/** The condition that one store holds it, trash aside. */
export const HAS_ONE_HOLDER = `t.holders = 1 + ${TRASH_HOLDERS}`;

/** What is being cleared: of each tile what it takes to clear it. */
export const CLEARING_TABLES = `
  CREATE TEMP TABLE clearing (
    tile INTEGER PRIMARY KEY, blob INTEGER NOT NULL, length INTEGER NOT NULL, holders INTEGER NOT NULL
  ) STRICT;
  CREATE TEMP TABLE dropped_blobs (blob INTEGER PRIMARY KEY, uses INTEGER NOT NULL) STRICT;
`;

export function findTrash(connection: Connection): number | undefined {
  const row = connection.prepare("SELECT id FROM stores WHERE name IS NULL LIMIT 1").get();
  return row?.id as number | undefined;
}

/** Clears some trash away; false when there is none left. Runs within a transaction. */
export function clearSomeTrash(connection: Connection): boolean {
  const trash = findTrash(connection);
  if (trash === undefined) return false;
  // The first of them always fits, however large.
  connection
    .prepare(
      `INSERT INTO clearing SELECT tile, blob, length, holders FROM (
         SELECT *, sum(length) OVER (ORDER BY tile ROWS UNBOUNDED PRECEDING) - length AS before FROM (
           SELECT m.tile, t.blob, t.length, t.holders FROM memberships m JOIN tiles t ON t.id = m.tile
           WHERE m.store = ? ORDER BY m.tile LIMIT ?
         )
       ) WHERE before < ?`,
    )
    .run(trash, MAX_TILES, MAX_BYTES);
  clear(connection, trash);
  connection
    .prepare("DELETE FROM stores WHERE id = :trash AND NOT EXISTS (SELECT 1 FROM memberships WHERE store = :trash)")
    .run({ trash });
  return findTrash(connection) !== undefined;
}

/** Clears the trash of these tiles alone, so that who writes them finds none of it. */
export function clearFromTrash(
  connection: Connection,
  tiles: readonly TileWrite[],
  sources: ReadonlyMap<string, number>,
): void {
  const trash = connection.prepare("SELECT id FROM stores WHERE name IS NULL").all() as { id: number }[];
  for (const { id } of trash) {
    for (const tile of tiles) {
      connection
        .prepare(
          `INSERT OR IGNORE INTO clearing SELECT m.tile, t.blob, t.length, t.holders
           FROM memberships m JOIN tiles t ON t.id = m.tile WHERE m.store = ? AND m.tile = ${ROW_ID}`,
        )
        .run(id, sources.get(tile.source) ?? 0, tileNumber(tile));
    }
    clear(connection, id);
  }
}

/** Takes the tiles of `clearing` out of a trash. Those that nobody else holds go, and bytes that no other tile has. */
function clear(connection: Connection, trash: number): void {
  connection.prepare("DELETE FROM memberships WHERE store = ? AND tile IN (SELECT tile FROM clearing)").run(trash);
  connection
    .prepare("UPDATE tiles SET holders = holders - 1 WHERE id IN (SELECT tile FROM clearing WHERE holders > 1)")
    .run();
  connection
    .prepare(
      `UPDATE stores SET sole_length = sole_length + x.length, sole_bytes = sole_bytes + x.bytes
       FROM (
         SELECT m.store, count(*) AS length, sum(c.length) AS bytes
         FROM clearing c CROSS JOIN stores s JOIN memberships m ON m.store = s.id AND m.tile = c.tile
         WHERE c.holders = 2 GROUP BY m.store
       ) x WHERE stores.id = x.store`,
    )
    .run();
  connection.prepare("DELETE FROM tiles WHERE id IN (SELECT tile FROM clearing WHERE holders = 1)").run();
  connection
    .prepare("INSERT INTO dropped_blobs SELECT blob, count(*) FROM clearing WHERE holders = 1 GROUP BY blob")
    .run();
  connection
    .prepare(
      `DELETE FROM blobs WHERE id IN (SELECT blob FROM dropped_blobs)
       AND uses = (SELECT d.uses FROM dropped_blobs d WHERE d.blob = blobs.id)`,
    )
    .run();
  connection
    .prepare(
      `UPDATE blobs SET uses = uses - (SELECT d.uses FROM dropped_blobs d WHERE d.blob = blobs.id)
       WHERE id IN (SELECT blob FROM dropped_blobs)`,
    )
    .run();
  connection.prepare("DELETE FROM dropped_blobs").run();
  connection.prepare("DELETE FROM clearing").run();
}
