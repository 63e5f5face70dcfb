import { assertLease, type Checkpoint, renewLease } from "@fmtc/core";
import { rawStore } from "./raw-store.ts";
import type { DownloadEntry, ReadTransaction, WriteTransaction } from "./schema.ts";

/** The download of a checkpoint. @throws LeaseLostError if its lease is not of the checkpoint's epoch, or it is gone. */
export async function ownedDownload(
  tx: ReadTransaction,
  { download, epoch }: Checkpoint,
): Promise<DownloadEntry | undefined> {
  const entry = await tx.objectStore("downloads").get(download);
  assertLease(download, entry?.lease, epoch);
  return entry;
}

export function recordCheckpoint(
  tx: WriteTransaction,
  entry: DownloadEntry,
  { download, epoch, progress, failed = [], recovered = [], leaseExpiresAt: expiresAt }: Checkpoint,
): void {
  const lease = expiresAt === undefined ? entry.lease : renewLease(download, entry.lease, { epoch, expiresAt });
  rawStore(tx, "downloads").put({ ...entry, progress, lease });
  const tiles = rawStore(tx, "failed");
  for (const index of recovered) tiles.delete([download, index]);
  for (const tile of failed) tiles.put(tile, [download, tile.index]);
}
