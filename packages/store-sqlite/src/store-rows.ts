import { type StoreLimits, StoreNotFoundError, type StoreStats } from "@fmtc/core";
import type { Connection } from "./connection.ts";
import { type TextValue, textOf, textValue } from "./text-value.ts";

/** @throws StoreNotFoundError */
export function storeId(connection: Connection, name: string): number {
  const id = findStoreId(connection, name);
  if (id === undefined) throw new StoreNotFoundError(name);
  return id;
}

export function findStoreId(connection: Connection, name: string): number | undefined {
  const row = connection.prepare("SELECT id FROM stores WHERE name = ?").get(textValue(name));
  return row?.id as number | undefined;
}

/** In the order of their code units. */
export function storeNames(connection: Connection): string[] {
  const rows = connection.prepare("SELECT name FROM stores WHERE name IS NOT NULL").all() as { name: TextValue }[];
  return rows.map(({ name }) => textOf(name)).sort();
}

/** @throws StoreNotFoundError */
export function storeLimits(connection: Connection, name: string): StoreLimits {
  const row = connection
    .prepare("SELECT max_length AS maxLength, max_bytes AS maxBytes FROM stores WHERE name = ?")
    .get(textValue(name)) as { maxLength: number | null; maxBytes: number | null } | undefined;
  if (row === undefined) throw new StoreNotFoundError(name);
  return { maxLength: row.maxLength ?? undefined, maxBytes: row.maxBytes ?? undefined };
}

/** @throws StoreNotFoundError */
export function storeStats(connection: Connection, name: string): StoreStats {
  const row = connection
    .prepare(
      `SELECT length, bytes, pinned_length AS pinnedLength, pinned_bytes AS pinnedBytes, hits, misses
       FROM stores WHERE name = ?`,
    )
    .get(textValue(name)) as { -readonly [K in keyof StoreStats]: number } | undefined;
  if (row === undefined) throw new StoreNotFoundError(name);
  return { ...row };
}

/** @throws StoreNotFoundError */
export function readMetadata(connection: Connection, name: string): Readonly<Record<string, string>> {
  const rows = connection.prepare("SELECT key, value FROM metadata WHERE store = ?").all(storeId(connection, name)) as {
    key: TextValue;
    value: TextValue;
  }[];
  return Object.fromEntries(rows.map(({ key, value }) => [textOf(key), textOf(value)]));
}
