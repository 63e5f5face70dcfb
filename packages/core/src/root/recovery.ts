import type { Observable } from "rxjs";
import type { Download } from "../ports/download.ts";
import type { FailedTile } from "../ports/download-record.ts";
import type { DownloadableRegion } from "../region/downloadable.ts";

/** The downloads that are on record: those that are not done with. */
export interface Recovery {
  /** All of them, the oldest first. */
  readonly list: () => Promise<readonly RecoverableDownload[]>;
  /** Those that were interrupted: nobody runs them, and nobody paused them. */
  readonly failed: () => Promise<readonly RecoverableDownload[]>;
  readonly get: (id: string) => Promise<RecoverableDownload | undefined>;

  /**
   * Continues a download with exactly what is missing, with the same options. One that runs here is returned, going on if it
   * was paused.
   *
   * @throws DownloadNotFoundError; DownloadInProgressError if it runs elsewhere; as `startForeground` does, if its source is
   * unknown or has come to forbid it.
   */
  readonly resume: (id: string) => Promise<Download>;

  /**
   * Asks once more for the tiles that have failed, and for no others.
   *
   * @throws DownloadUnfinishedError if there are tiles that were never tried; and as `resume` does.
   */
  readonly retryFailed: (id: string) => Promise<Download>;

  /** The tiles of a download that have failed, by their places. Default: the first 1,000. */
  readonly failedTiles: (id: string, page?: FailedTilesPage) => Promise<readonly FailedTile[]>;

  /**
   * Forgets a download; its tiles stay. One that runs here is cancelled. Returns whether there was one.
   *
   * @throws DownloadInProgressError if it runs elsewhere.
   */
  readonly discard: (id: string) => Promise<boolean>;

  /** The list, now and whenever it has changed, twice a second at the most. What changes with time alone, as a lease expires, it does not tell. */
  readonly changes$: Observable<readonly RecoverableDownload[]>;
}

export interface FailedTilesPage {
  /** Only places behind this one. */
  readonly after?: number | undefined;
  readonly limit?: number | undefined;
}

/** A download as it stands in its record. */
export interface RecoverableDownload {
  readonly id: string;
  readonly store: string;
  readonly region: DownloadableRegion;
  readonly state: RecoverableState;
  readonly createdAt: number;
  /** The time of its last commit. */
  readonly updatedAt: number;
  /** The number of tiles to download. */
  readonly max: number;
  /** The number of tiles that are done with, stored, skipped or failed. */
  readonly attempted: number;
  /** The number of tiles that have failed, for good or until the end. */
  readonly failed: number;

  readonly resume: () => Promise<Download>;
  readonly retryFailed: () => Promise<Download>;
  readonly discard: () => Promise<boolean>;
}

/**
 * - `running-here`: this root runs it; `running-elsewhere`: another does, which is alive
 * - `paused`: somebody has paused it, here or elsewhere
 * - `failed`: it was interrupted
 * - `incomplete`: it is through, but tiles have failed
 */
export type RecoverableState = "running-here" | "running-elsewhere" | "paused" | "failed" | "incomplete";
