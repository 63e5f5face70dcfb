import {
  acquireLease,
  assertLease,
  DownloadExistsError,
  DownloadNotFoundError,
  type DownloadRecord,
  type Lease,
  type LeaseRequest,
  renewLease,
} from "@fmtc/core";
import { findDownload, type LeasedDownload, writeLease } from "./checkpoint.ts";
import type { Connection } from "./connection.ts";
import { type Outcome, outcome } from "./outcome.ts";
import { storeId } from "./store-rows.ts";
import { textValue } from "./text-value.ts";

export function putDownload(connection: Connection, record: Omit<DownloadRecord, "lease">): Outcome<void> {
  const { id, store, createdAt, region, total, coverOrder, options, progress } = record;
  const storeNumber = storeId(connection, store);
  if (findDownload(connection, id) !== undefined) throw new DownloadExistsError(id);
  connection
    .prepare("INSERT INTO downloads (id, store, created_at, plan, progress) VALUES (?, ?, ?, ?, ?)")
    .run(
      textValue(id),
      storeNumber,
      createdAt,
      JSON.stringify({ region, total, coverOrder, options }),
      JSON.stringify(progress),
    );
  return outcome(undefined, { kind: "downloads", stores: [store] });
}

export function removeDownload(
  connection: Connection,
  id: string,
  { epoch }: { readonly epoch?: number | undefined } = {},
): Outcome<boolean> {
  const download = findDownload(connection, id);
  if (download === undefined) return outcome(false);
  if (epoch !== undefined) assertLease(id, download.lease, epoch);
  connection.prepare("DELETE FROM failed_tiles WHERE download = ?").run(download.number);
  connection.prepare("DELETE FROM downloads WHERE number = ?").run(download.number);
  return outcome(true, { kind: "downloads", stores: [download.store] });
}

/** Removes the downloads of a store, and tells whether there were any. */
export function removeDownloadsOf(connection: Connection, store: number): boolean {
  connection
    .prepare("DELETE FROM failed_tiles WHERE download IN (SELECT number FROM downloads WHERE store = ?)")
    .run(store);
  return Number(connection.prepare("DELETE FROM downloads WHERE store = ?").run(store).changes) > 0;
}

export function acquireDownload(connection: Connection, id: string, request: LeaseRequest): Outcome<Lease> {
  const download = findDownload(connection, id);
  if (download === undefined) throw new DownloadNotFoundError(id);
  return setLease(connection, download, acquireLease(id, download.lease, request));
}

export function renewDownload(
  connection: Connection,
  id: string,
  renewal: { readonly epoch: number; readonly expiresAt: number },
): Outcome<Lease> {
  const download = findDownload(connection, id);
  const lease = renewLease(id, download?.lease, renewal);
  return download === undefined ? outcome(lease) : setLease(connection, download, lease);
}

export function releaseDownload(
  connection: Connection,
  id: string,
  { epoch }: { readonly epoch: number },
): Outcome<void> {
  const download = findDownload(connection, id);
  if (download?.lease === undefined || download.lease.epoch !== epoch) return outcome(undefined);
  const { changes } = setLease(connection, download, { ...download.lease, expiresAt: 0 });
  return outcome(undefined, ...changes);
}

function setLease(connection: Connection, { number, store }: LeasedDownload, lease: Lease): Outcome<Lease> {
  writeLease(connection, number, lease);
  return outcome(lease, { kind: "downloads", stores: [store] });
}
