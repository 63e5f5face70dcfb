import type { WriteTransaction } from "./schema.ts";

/** Removes the download records of a store, and tells whether there was one. */
export async function dropDownloadsOf(tx: WriteTransaction, storeId: number): Promise<boolean> {
  const ids = await tx.objectStore("downloads").index("storeId").getAllKeys(storeId);
  await Promise.all(ids.map((id) => dropDownload(tx, id)));
  return ids.length > 0;
}

/** Removes a download record with its failed tiles. */
export async function dropDownload(tx: WriteTransaction, id: string): Promise<void> {
  await tx.objectStore("failed").delete(IDBKeyRange.bound([id], [id, []]));
  await tx.objectStore("downloads").delete(id);
}
