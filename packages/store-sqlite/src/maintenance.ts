import { clearSomeTrash } from "./clear-trash.ts";
import type { Connection } from "./connection.ts";
import { PAGE_BYTES } from "./pragmas.ts";

/** How many pages are given back at a time: a millisecond's work or two. */
const PAGES_AT_A_TIME = 256;

/** Free pages up to this many, or this share of the file, are kept: the next tiles will need them. */
const FREE_PAGES = 1024;
const FREE_SHARE = 1 / 16;

/**
 * Does a little of what removals have left to do: clears trash, then gives free pages at the end of the file back, all
 * of them or until few are left. False once there is nothing more to do.
 */
export function tidyUp(connection: Connection, { completely }: { readonly completely: boolean }): boolean {
  if (connection.transaction(() => clearSomeTrash(connection))) return true;
  const before = freePages(connection);
  if (before <= (completely ? 0 : freePagesToKeep(connection))) return false;
  connection.transaction(() => connection.exec(`PRAGMA incremental_vacuum(${PAGES_AT_A_TIME})`));
  // A file that somebody has rebuilt without auto_vacuum keeps its free pages.
  return freePages(connection) < before;
}

/** Brings all that was written into the file itself, and cuts it to its size. Others that read may prevent it. */
export function checkpoint(connection: Connection): void {
  connection.prepare("PRAGMA wal_checkpoint(TRUNCATE)").all();
}

/** How many bytes the next tiles can take without making the file grow. */
export function freeBytes(connection: Connection): number {
  return freePages(connection) * PAGE_BYTES;
}

function freePages(connection: Connection): number {
  const { freelist_count } = connection.prepare("PRAGMA freelist_count").get() as { freelist_count: number };
  return freelist_count;
}

function freePagesToKeep(connection: Connection): number {
  const { page_count } = connection.prepare("PRAGMA page_count").get() as { page_count: number };
  return Math.max(FREE_PAGES, page_count * FREE_SHARE);
}
