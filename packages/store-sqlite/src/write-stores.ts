import { type Freed, StoreExistsError, type StoreLimits } from "@fmtc/core";
import type { Connection } from "./connection.ts";
import { trashStore } from "./move-to-trash.ts";
import { type Outcome, outcome } from "./outcome.ts";
import { findStoreId, storeId, storeLimits } from "./store-rows.ts";
import { textValue } from "./text-value.ts";
import { removeDownloadsOf } from "./write-downloads.ts";

export function createStore(connection: Connection, name: string, limits: Partial<StoreLimits> = {}): Outcome<void> {
  const { changes } = connection
    .prepare("INSERT INTO stores (name, max_length, max_bytes) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")
    .run(textValue(name), limits.maxLength ?? null, limits.maxBytes ?? null);
  return outcome(undefined, changes === 1 && { kind: "stores", stores: [name] });
}

export function deleteStore(connection: Connection, name: string): Outcome<Freed> {
  const store = findStoreId(connection, name);
  if (store === undefined) return outcome({ removed: 0, deleted: 0, bytes: 0 });
  connection.prepare("DELETE FROM metadata WHERE store = ?").run(store);
  const hadDownloads = removeDownloadsOf(connection, store);
  const freed = trashStore(connection, store);
  const stores = [name];
  return outcome(
    freed,
    { kind: "stores", stores },
    freed.removed > 0 && { kind: "tiles", stores },
    hadDownloads && { kind: "downloads", stores },
  );
}

/** The store goes on under a row of its own, and the old one is trash. */
export function resetStore(connection: Connection, name: string): Outcome<Freed> {
  const old = storeId(connection, name);
  const { maxLength, maxBytes } = storeLimits(connection, name);
  const hadDownloads = removeDownloadsOf(connection, old);
  const freed = trashStore(connection, old);
  const { lastInsertRowid: fresh } = connection
    .prepare("INSERT INTO stores (name, max_length, max_bytes) VALUES (?, ?, ?)")
    .run(textValue(name), maxLength ?? null, maxBytes ?? null);
  connection.prepare("UPDATE metadata SET store = ? WHERE store = ?").run(fresh, old);
  const stores = [name];
  return outcome(
    freed,
    freed.removed > 0 && { kind: "tiles", stores },
    { kind: "use", stores },
    hadDownloads && { kind: "downloads", stores },
  );
}

export function renameStore(connection: Connection, name: string, newName: string): Outcome<void> {
  const store = storeId(connection, name);
  if (name === newName) return outcome(undefined);
  if (findStoreId(connection, newName) !== undefined) throw new StoreExistsError(newName);
  connection.prepare("UPDATE stores SET name = ? WHERE id = ?").run(textValue(newName), store);
  const hasDownloads = connection.prepare("SELECT 1 FROM downloads WHERE store = ? LIMIT 1").get(store) !== undefined;
  const stores = [name, newName];
  return outcome(undefined, { kind: "stores", stores }, hasDownloads && { kind: "downloads", stores });
}

export function setLimits(connection: Connection, name: string, limits: Partial<StoreLimits>): Outcome<void> {
  const { maxLength, maxBytes } = { ...storeLimits(connection, name), ...limits };
  connection
    .prepare("UPDATE stores SET max_length = ?, max_bytes = ? WHERE name = ?")
    .run(maxLength ?? null, maxBytes ?? null, textValue(name));
  return outcome(undefined, { kind: "stores", stores: [name] });
}

export function recordUse(
  connection: Connection,
  name: string,
  { hits, misses }: { readonly hits: number; readonly misses: number },
): Outcome<void> {
  connection
    .prepare(
      "UPDATE stores SET hits = min(hits + :hits, :most), misses = min(misses + :misses, :most) WHERE id = :store",
    )
    // Beyond it, numbers could not be read any more.
    .run({ hits, misses, store: storeId(connection, name), most: Number.MAX_SAFE_INTEGER });
  return outcome(undefined, { kind: "use", stores: [name] });
}
