import { assertLease, type Checkpoint, type Lease, LeaseLostError, renewLease } from "@fmtc/core";
import type { Connection } from "./connection.ts";
import { type TextValue, textOf, textOrNull, textValue } from "./text-value.ts";

/** A download's row, as far as leases are concerned. */
export interface LeasedDownload {
  readonly number: number;
  /** The name of its store. */
  readonly store: string;
  readonly lease: Lease | undefined;
}

/**
 * Writes how far a download has come, and returns the name of its store.
 *
 * @throws LeaseLostError if the lease is not of this epoch any more, or the download is gone.
 */
export function writeCheckpoint(connection: Connection, checkpoint: Checkpoint): string {
  const { download: id, epoch, progress, failed = [], recovered = [], leaseExpiresAt } = checkpoint;
  const download = findDownload(connection, id);
  if (download === undefined) throw new LeaseLostError(id, epoch);
  assertLease(id, download.lease, epoch);

  connection
    .prepare("UPDATE downloads SET progress = ? WHERE number = ?")
    .run(JSON.stringify(progress), download.number);
  if (leaseExpiresAt !== undefined) {
    writeLease(connection, download.number, renewLease(id, download.lease, { epoch, expiresAt: leaseExpiresAt }));
  }
  for (const place of recovered) {
    connection.prepare("DELETE FROM failed_tiles WHERE download = ? AND place = ?").run(download.number, place);
  }
  for (const { index, z, x, y, reason, detail, attempts, failedAt } of failed) {
    connection
      .prepare(
        `INSERT OR REPLACE INTO failed_tiles (download, place, z, x, y, reason, detail, attempts, failed_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(download.number, index, z, x, y, textValue(reason), textOrNull(detail), attempts, failedAt);
  }
  return download.store;
}

export function findDownload(connection: Connection, id: string): LeasedDownload | undefined {
  const row = connection
    .prepare(
      `SELECT d.number, s.name AS store, lease_owner AS owner, lease_epoch AS epoch, lease_expires_at AS expiresAt
       FROM downloads d JOIN stores s ON s.id = d.store WHERE d.id = ?`,
    )
    .get(textValue(id)) as ({ number: number; store: TextValue } & LeaseColumns) | undefined;
  return row && { number: row.number, store: textOf(row.store), lease: leaseOf(row) };
}

export type LeaseColumns = {
  readonly owner: TextValue | null;
  readonly epoch: number | null;
  readonly expiresAt: number | null;
};

export function leaseOf({ owner, epoch, expiresAt }: LeaseColumns): Lease | undefined {
  if (owner === null || epoch === null || expiresAt === null) return undefined;
  return { owner: textOf(owner), epoch, expiresAt };
}

export function writeLease(connection: Connection, download: number, { owner, epoch, expiresAt }: Lease): void {
  connection
    .prepare("UPDATE downloads SET lease_owner = ?, lease_epoch = ?, lease_expires_at = ? WHERE number = ?")
    .run(textValue(owner), epoch, expiresAt, download);
}
