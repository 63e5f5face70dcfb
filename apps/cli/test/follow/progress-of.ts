import type { DownloadProgress } from "@fmtc/core";
import type { Snapshot } from "../../src/follow/snapshot.ts";
import { tallyOf } from "../../src/follow/tally.ts";

type Part = Partial<Omit<DownloadProgress, "skippedBy" | "failedBy">> & {
  readonly skippedBy?: Partial<DownloadProgress["skippedBy"]>;
  readonly failedBy?: Partial<DownloadProgress["failedBy"]>;
};

/** Of 100,000 tiles 42,345 are stored, unless told otherwise; the sums follow from their parts. */
export function progressOf(part: Part = {}): DownloadProgress {
  const skippedBy = { existing: 0, sea: 0, unmodified: 0, empty: 0, ...part.skippedBy };
  const failedBy = { negative: 0, request: 0, invalid: 0, ...part.failedBy };
  const sum = (counts: object) => Object.values(counts).reduce((total: number, count: number) => total + count, 0);
  const skipped = sum(skippedBy);
  const failed = sum(failedBy);
  const { stored = 42_345, retryQueued = 0, max = 100_000 } = part;
  const settled = stored + skipped + failed;
  return {
    id: "1f3a",
    state: "running",
    changed: 0,
    gone: 0,
    storedBytes: stored * 15_000,
    skippedBytes: 0,
    failedBytes: 0,
    buffered: 0,
    flushed: stored,
    elapsedMs: 133_000,
    tilesPerSecond: 318.2,
    limit: undefined,
    isRateLimited: false,
    etaMs: ((max - settled) / 318.2) * 1000,
    waiting: undefined,
    error: undefined,
    ...part,
    skippedBy,
    failedBy,
    max,
    stored,
    skipped,
    failed,
    retryQueued,
    attempted: settled + retryQueued,
    percentage: (settled / max) * 100,
  };
}

/** A quarter past three in the afternoon, wherever this runs. */
export const NOW = new Date(2026, 10, 25, 15, 15, 0).getTime();

export function snapshotOf(part: Part = {}, silentMs = 0, heard: Partial<Snapshot> = {}): Snapshot {
  const progress = progressOf(part);
  return { progress, tally: tallyOf(progress), now: NOW, silentMs, problem: undefined, isAnswered: true, ...heard };
}
