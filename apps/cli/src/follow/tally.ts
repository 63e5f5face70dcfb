import type { DownloadProgress } from "@fmtc/core";

/** How much of the work at hand is done. */
export interface Tally {
  readonly done: number;
  readonly total: number;
  readonly perSecond: number;
  /** Undefined while it cannot be told. */
  readonly leftMs: number | undefined;
}

/** Of a download: the tiles whose outcome is final. */
export function tallyOf({ attempted, retryQueued, max, tilesPerSecond, etaMs }: DownloadProgress): Tally {
  return { done: attempted - retryQueued, total: max, perSecond: tilesPerSecond, leftMs: etaMs };
}

/**
 * Of asking again for tiles that have failed: for the download each of them has had its outcome already, so its own numbers
 * stand still.
 */
export function retryTally(asked: number, total: number, elapsedMs: number): Tally {
  const done = Math.min(asked, total);
  const perSecond = elapsedMs > 0 ? (done / elapsedMs) * 1000 : 0;
  return { done, total, perSecond, leftMs: perSecond > 0 ? ((total - done) / perSecond) * 1000 : undefined };
}
