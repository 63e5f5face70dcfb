import { StoreNotFoundError } from "@fmtc/core";
import type { NamedStoreRecord, ReadTransaction } from "./schema.ts";

/** @throws StoreNotFoundError */
export async function namedStore(tx: ReadTransaction, name: string): Promise<NamedStoreRecord> {
  const record = await findStore(tx, name);
  if (record === undefined) throw new StoreNotFoundError(name);
  return record;
}

export function findStore(tx: ReadTransaction, name: string): Promise<NamedStoreRecord | undefined> {
  return tx.objectStore("stores").index("name").get(name);
}

/** The ids of those of these stores that exist, each once; undefined for no filter. */
export async function storeIds(
  tx: ReadTransaction,
  names: readonly string[] | undefined,
): Promise<ReadonlySet<number> | undefined> {
  if (names === undefined) return undefined;
  const index = tx.objectStore("stores").index("name");
  const ids = await Promise.all([...new Set(names)].map((name) => index.getKey(name)));
  return new Set(ids.filter((id) => id !== undefined));
}
