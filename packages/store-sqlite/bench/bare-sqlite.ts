import { DatabaseSync } from "node:sqlite";

/**
 * The least that SQLite can do: one table, one prepared statement, a transaction for each batch, and the pragmas of the
 * store: pages of 8192 bytes, auto_vacuum = INCREMENTAL, WAL, synchronous = NORMAL, the same cache.
 */
export function openBare(path: string) {
  const database = new DatabaseSync(path);
  database.exec(`
    PRAGMA page_size = 8192; PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
    PRAGMA wal_autocheckpoint = 2048; PRAGMA journal_size_limit = ${16 * 2 ** 20}; PRAGMA cache_size = -16384;
    CREATE TABLE tiles (id INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
  `);
  const insert = database.prepare("INSERT INTO tiles VALUES (?, ?)");
  const select = database.prepare("SELECT bytes FROM tiles WHERE id = ?");
  let next = 0;
  return {
    insert: (batch: readonly { readonly bytes?: Uint8Array | undefined }[]) => {
      database.exec("BEGIN IMMEDIATE");
      for (const { bytes = null } of batch) insert.run(next++, bytes);
      database.exec("COMMIT");
    },
    select: (id: number) => select.get(id),
    close: () => database.close(),
  };
}
