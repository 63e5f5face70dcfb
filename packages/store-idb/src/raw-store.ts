import { unwrap } from "idb";
import type { ObjectStoreName, WriteTransaction } from "./schema.ts";

/**
 * An object store without promises, for writes that come by the hundred: a request that nobody waits for costs less, and
 * one that fails aborts its transaction, which tells of it.
 */
export function rawStore(tx: WriteTransaction, name: ObjectStoreName): IDBObjectStore {
  return unwrap(tx.objectStore(name));
}
