import type { Waiting } from "./host-gate.ts";
import type { TileCounts } from "./tile-counts.ts";
import type { FailReason, SkipReason } from "./tile-event.ts";

/**
 * How far a download has come: a snapshot that never changes. At every emission
 * `attempted === stored + skipped + failed + retryQueued`, and that is `max` at the most.
 */
export interface DownloadProgress {
  readonly id: string;
  readonly state: DownloadState;
  /** The number of tiles to download. */
  readonly max: number;
  readonly attempted: number;
  readonly stored: number;
  readonly skipped: number;
  readonly failed: number;
  /** Tiles that have failed for now, and are tried once more at the end. */
  readonly retryQueued: number;
  readonly skippedBy: Readonly<Record<SkipReason, number>>;
  readonly failedBy: Readonly<Record<FailReason, number>>;
  /** The bytes that came for the tiles of each outcome. */
  readonly storedBytes: number;
  readonly skippedBytes: number;
  readonly failedBytes: number;
  /** Of those stored: tiles that wait for the next commit, and tiles that are safe. */
  readonly buffered: number;
  readonly flushed: number;
  /** 0 to 100, of tiles whose outcome is final. It never falls. */
  readonly percentage: number;
  /** The time spent downloading, pauses left out. */
  readonly elapsedMs: number;
  /** Smoothed over the last few seconds. */
  readonly tilesPerSecond: number;
  /** Whether it would be faster without the rate limit, its own or the server's. */
  readonly isRateLimited: boolean;
  /** The time left at this rate; undefined while there is none. */
  readonly etaMs: number | undefined;
  /** In state `waiting`: what for. */
  readonly waiting: Waiting | undefined;
}

/** `waiting` is `running` while no request may go out; the four at the end are final. */
export type DownloadState =
  | "running"
  | "waiting"
  | "pausing"
  | "paused"
  | "cancelling"
  | "cancelled"
  | "completed"
  | "failed";

/** The counts of a progress, from those of tiles. */
export function tilesOf(
  counts: TileCounts,
): Pick<
  DownloadProgress,
  | "attempted"
  | "stored"
  | "skipped"
  | "failed"
  | "retryQueued"
  | "skippedBy"
  | "failedBy"
  | "storedBytes"
  | "skippedBytes"
  | "failedBytes"
> {
  const { stored, existing, sea, unmodified, empty, negative, request, invalid, postponed } = counts;
  const { storedBytes, skippedBytes, failedBytes } = counts;
  const skipped = existing + sea + unmodified + empty;
  const failed = negative + request + invalid;
  return {
    attempted: stored + skipped + failed + postponed,
    stored,
    skipped,
    failed,
    retryQueued: postponed,
    skippedBy: { existing, sea, unmodified, empty },
    failedBy: { negative, request, invalid },
    storedBytes,
    skippedBytes,
    failedBytes,
  };
}
