import { DownloadInProgressError } from "../errors/download-in-progress-error.ts";
import { LeaseLostError } from "../errors/lease-lost-error.ts";
import type { Lease } from "../ports/download-record.ts";
import type { LeaseRequest } from "../ports/download-records.ts";

// The rules of leases, the same for every store: a store reads the current lease, asks here, and writes the answer, all
// in one transaction.

/** The lease that `request` is given. @throws DownloadInProgressError if the current one is another's and alive. */
export function acquireLease(download: string, current: Lease | undefined, request: LeaseRequest): Lease {
  if (current !== undefined && isAlive(current, request)) throw new DownloadInProgressError(download, current);
  return { owner: request.owner, epoch: (current?.epoch ?? 0) + 1, expiresAt: request.expiresAt };
}

/** The current lease with a new end. @throws LeaseLostError if it is not of this epoch. */
export function renewLease(
  download: string,
  current: Lease | undefined,
  { epoch, expiresAt }: { readonly epoch: number; readonly expiresAt: number },
): Lease {
  assertLease(download, current, epoch);
  return { ...current, expiresAt };
}

/** @throws LeaseLostError if the current lease is not of this epoch, or there is none. */
export function assertLease(download: string, current: Lease | undefined, epoch: number): asserts current is Lease {
  if (current?.epoch !== epoch) throw new LeaseLostError(download, epoch);
}

function isAlive(lease: Lease, { owner, now, deadEpoch }: LeaseRequest): boolean {
  return lease.owner !== owner && lease.expiresAt > now && lease.epoch !== deadEpoch;
}
