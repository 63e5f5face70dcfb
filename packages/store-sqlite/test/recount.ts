import { DatabaseSync, type SQLOutputValue } from "node:sqlite";
import { IS_LIVE } from "../src/clear-trash.ts";

type Rows = Record<string, SQLOutputValue>[];

/** What a database keeps count of, and the same counted anew. They have to be equal. */
export interface Recount {
  readonly kept: Readonly<Record<string, Rows>>;
  readonly counted: Readonly<Record<string, Rows>>;
}

/** Goes over all tables of a database, which others may have open. */
export function recount(path: string): Recount {
  const database = new DatabaseSync(path, { readOnly: true });
  const rows = (sql: string): Rows => database.prepare(sql).all();
  try {
    database.exec("BEGIN");
    return {
      kept: {
        integrity: rows("PRAGMA integrity_check"),
        totals: rows("SELECT length, bytes FROM totals"),
        stores: rows(
          `SELECT id, length, bytes, pinned_length, pinned_bytes, sole_length, sole_bytes FROM stores
           WHERE name IS NOT NULL ORDER BY id`,
        ),
        latest: rows("SELECT id, latest_at FROM stores WHERE latest NOTNULL AND name NOTNULL ORDER BY id"),
        holders: rows("SELECT holders FROM tiles ORDER BY id"),
        blobs: rows("SELECT id, uses FROM blobs ORDER BY id"),
        ages: rows("SELECT store, evict_at FROM memberships WHERE evict_at IS NOT NULL ORDER BY store, tile"),
        strays: [],
      },
      counted: {
        integrity: rows("SELECT 'ok' AS integrity_check"),
        totals: rows(`SELECT count(*) AS length, ifnull(sum(length), 0) AS bytes FROM tiles t WHERE ${IS_LIVE}`),
        stores: rows(
          `SELECT s.id, count(t.id) AS length, ifnull(sum(t.length), 0) AS bytes,
             count(t.id) FILTER (WHERE m.evict_at IS NULL) AS pinned_length,
             ifnull(sum(t.length) FILTER (WHERE m.evict_at IS NULL), 0) AS pinned_bytes,
             count(t.id) FILTER (WHERE t.holders = 1) AS sole_length,
             ifnull(sum(t.length) FILTER (WHERE t.holders = 1), 0) AS sole_bytes
           FROM stores s LEFT JOIN memberships m ON m.store = s.id LEFT JOIN tiles t ON t.id = m.tile
           WHERE s.name IS NOT NULL GROUP BY s.id ORDER BY s.id`,
        ),
        latest: rows(
          `SELECT s.id, (SELECT max(t.stored_at) FROM memberships m JOIN tiles t ON t.id = m.tile WHERE m.store = s.id)
             AS latest_at FROM stores s WHERE latest NOTNULL AND name NOTNULL ORDER BY s.id`,
        ),
        holders: rows(
          `SELECT n AS holders FROM tiles JOIN (SELECT tile, count(*) AS n FROM memberships GROUP BY tile) ON tile = id
           ORDER BY id`,
        ),
        blobs: rows("SELECT blob AS id, count(*) AS uses FROM tiles GROUP BY blob ORDER BY blob"),
        ages: rows(
          `SELECT m.store, t.stored_at AS evict_at FROM memberships m JOIN tiles t ON t.id = m.tile
           WHERE m.evict_at IS NOT NULL ORDER BY m.store, m.tile`,
        ),
        strays: rows(
          `SELECT 'membership' AS kind, store FROM memberships WHERE tile NOT IN (SELECT id FROM tiles)
             OR store NOT IN (SELECT id FROM stores)
           UNION ALL SELECT 'metadata', store FROM metadata WHERE store NOT IN (SELECT id FROM stores WHERE name NOTNULL)
           UNION ALL SELECT 'download', store FROM downloads WHERE store NOT IN (SELECT id FROM stores WHERE name NOTNULL)
           UNION ALL SELECT 'failed', download FROM failed_tiles WHERE download NOT IN (SELECT number FROM downloads)`,
        ),
      },
    };
  } finally {
    database.close();
  }
}
