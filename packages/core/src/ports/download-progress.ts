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
  /** Of those stored: tiles that the database had, and that were asked for again. */
  readonly changed: number;
  /** Of those failed: tiles that the database has, and the server no longer. They stay. */
  readonly gone: number;
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
  /** The rate that it is held to, and by whom. */
  readonly limit: RateLimit | undefined;
  /** Whether it would be faster without that limit. */
  readonly isRateLimited: boolean;
  /** The time left at this rate, or at that of the limit if it is lower; undefined while there is none. */
  readonly etaMs: number | undefined;
  /** In state `waiting`: what for. */
  readonly waiting: Waiting | undefined;
  /** In state `failed`: why. `done` rejects with the error itself. */
  readonly error: { readonly code: string | undefined; readonly message: string } | undefined;
}

/** Why no request goes out, and until when. */
export interface Waiting {
  /** `offline`: the server cannot be reached. `asked-to`: it asked to be left alone for a while. */
  readonly reason: "offline" | "asked-to";
  readonly until: number;
  /** What the last attempt to reach the server has said, as a misspelt host looks like being offline too. */
  readonly detail?: string | undefined;
}

export interface RateLimit {
  readonly perSecond: number;
  /** `options`: the download's own. `policy`: the source's. `server`: the server has refused more, by 429 or 503. */
  readonly by: "options" | "policy" | "server";
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
