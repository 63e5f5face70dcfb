import type { Connection } from "./connection.ts";

export const PAGE_BYTES = 8192;

/**
 * With so much in the -wal file, it is brought into the database. Pages that many commits change are written to it once,
 * so more is quicker, but the commit that does it takes longer.
 */
export const WAL_BYTES = 16 * 1024 * 1024;

/** What has to be said before the first table is made, and only then: to a database that exists it would be a write. */
export function prepareFile(connection: Connection): void {
  connection.exec(`PRAGMA page_size = ${PAGE_BYTES}; PRAGMA auto_vacuum = INCREMENTAL;`);
}

/** Sets up the connection that writes. */
export function configure(connection: Connection, maxFileBytes: number | undefined): void {
  connection.exec(`
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = NORMAL;
    PRAGMA wal_autocheckpoint = ${WAL_BYTES / PAGE_BYTES};
    PRAGMA journal_size_limit = ${WAL_BYTES};
    PRAGMA cache_size = -16384;
    PRAGMA temp_store = MEMORY;
  `);
  if (maxFileBytes !== undefined) {
    connection.exec(`PRAGMA max_page_count = ${Math.max(1, Math.floor(maxFileBytes / PAGE_BYTES))}`);
  }
}
