import type { DownloadRecord, FailedTile, Lease } from "./download-record.ts";

/** The records of downloads. A record lives from the start of a download until it is removed. */
export interface DownloadRecords {
  /**
   * Adds a record, without a lease.
   *
   * @throws StoreNotFoundError if its store does not exist; DownloadExistsError if its id is taken.
   */
  readonly put: (record: Omit<DownloadRecord, "lease">) => Promise<void>;

  readonly get: (id: string) => Promise<DownloadRecord | undefined>;

  /** All records, or those of one named store: the oldest first. */
  readonly list: (filter?: { readonly store?: string | undefined }) => Promise<readonly DownloadRecord[]>;

  /** The failed tiles of a download by their places; none if there is no such download. */
  readonly failed: (id: string) => AsyncIterable<FailedTile>;

  /**
   * Removes a record with its failed tiles; its tiles stay. An engine that still runs it loses its lease. Returns
   * whether there was one.
   *
   * @throws LeaseLostError if an epoch is given and another has raised it since.
   */
  readonly remove: (id: string, options?: { readonly epoch?: number | undefined }) => Promise<boolean>;

  /**
   * Makes `owner` the owner of a download, and returns its lease.
   *
   * @throws DownloadNotFoundError if there is no such download.
   * @throws DownloadInProgressError if another owner's lease has not expired.
   */
  readonly acquire: (id: string, request: LeaseRequest) => Promise<Lease>;

  /**
   * Keeps a lease alive until `expiresAt`. Commits can do the same along with their checkpoints.
   *
   * @throws LeaseLostError if another has acquired it, or the record is gone.
   */
  readonly renew: (id: string, renewal: { readonly epoch: number; readonly expiresAt: number }) => Promise<Lease>;

  /**
   * Ends a lease at once. Its epoch stays, and so do its powers until another acquires it: who has released should not
   * write again. Releasing what is lost or gone does nothing.
   */
  readonly release: (id: string, lease: { readonly epoch: number }) => Promise<void>;
}

export interface LeaseRequest {
  readonly owner: string;
  /** The caller's clock: a lease that expires at or before it counts as expired. */
  readonly now: number;
  readonly expiresAt: number;
  /** The epoch of an owner known to be dead by better means than a clock: its lease counts as expired. */
  readonly deadEpoch?: number | undefined;
}
