import type { Download, DownloadProgress, FailReason, TileEvent } from "@fmtc/core";
import { filter, map, Observable, share, tap } from "rxjs";
import type { Snapshot } from "./snapshot.ts";
import { retryTally, tallyOf } from "./tally.ts";

/** What is to be known of a download that somebody follows. */
export interface WatchedDownload {
  /** At each report of progress. They never error. */
  readonly snapshots$: Observable<Snapshot>;
  /** Each tile that has failed for good. */
  readonly failed$: Observable<TileEvent>;
  readonly latest: () => Snapshot;
  /** What there was when it was first looked at. */
  readonly first: () => DownloadProgress;
  /** Whether every tile has had its outcome. */
  readonly isThrough: () => boolean;
  /** The first tile that has failed for each reason. */
  readonly examples: ReadonlyMap<FailReason, TileEvent>;
}

/** Watches as long as `snapshots$` or `failed$` are subscribed to. */
export function watchDownload(download: Download, which: "missing" | "failed"): WatchedDownload {
  const examples = new Map<FailReason, TileEvent>();
  let first: DownloadProgress | undefined;
  let progress: DownloadProgress | undefined;
  let settled = 0;
  let heardAt = Date.now();

  const reported = (): DownloadProgress => {
    // It tells the latest at once.
    if (progress === undefined) throw new Error("The download has not told its progress.");
    return progress;
  };
  const latest = (): Snapshot => {
    const now = Date.now();
    const { failed, retryQueued } = first ?? reported();
    const tally =
      which === "missing" ? tallyOf(reported()) : retryTally(settled, failed + retryQueued, reported().elapsedMs);
    return { progress: reported(), tally, now, silentMs: now - heardAt };
  };
  const failed$ = new Observable<TileEvent>((subscriber) =>
    download.tiles$
      .pipe(
        tap(({ outcome }) => {
          heardAt = Date.now();
          if (outcome !== "retrying" && outcome !== "postponed") settled += 1;
        }),
        filter(({ outcome }) => outcome === "failed"),
        tap((event) => {
          const reason = event.reason as FailReason;
          if (!examples.has(reason)) examples.set(reason, event);
        }),
      )
      .subscribe(subscriber),
  ).pipe(share());
  const reports$ = download.progress$.pipe(
    tap((next) => {
      progress = next;
      first ??= next;
    }),
  );
  return {
    snapshots$: reports$.pipe(map(latest)),
    failed$,
    latest,
    first: () => first ?? reported(),
    isThrough: () => {
      const { done, total } = latest().tally;
      return done >= total;
    },
    examples,
  };
}
