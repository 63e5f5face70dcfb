import type { Download, DownloadProgress, FailReason, TileEvent } from "@fmtc/core";
import { filter, map, Observable, share, tap } from "rxjs";
import { Heard } from "./heard.ts";
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
  /** Whether tiles have failed, and each of them as the server answers 401 or 403. */
  readonly isRefused: () => boolean;
}

/** Watches as long as `snapshots$` or `failed$` are subscribed to. */
export function watchDownload(download: Download, which: "missing" | "failed"): WatchedDownload {
  const heard = new Heard();
  let first: DownloadProgress | undefined;
  let progress: DownloadProgress | undefined;
  let heardAt = Date.now();

  const reported = (): DownloadProgress => {
    // It tells the latest at once.
    if (progress === undefined) throw new Error("The download has not told its progress.");
    return progress;
  };
  const latest = (): Snapshot => {
    const now = Date.now();
    const last = reported();
    const { failed, retryQueued } = first ?? last;
    const tally = which === "missing" ? tallyOf(last) : retryTally(heard.settled, failed + retryQueued, last.elapsedMs);
    const { isAnswered } = heard;
    return {
      progress: last,
      tally,
      now,
      silentMs: now - heardAt,
      problem: heard.problem(last.retryQueued),
      isAnswered,
    };
  };
  const failed$ = new Observable<TileEvent>((subscriber) =>
    download.tiles$
      .pipe(
        tap((event) => {
          heardAt = Date.now();
          heard.add(event);
        }),
        filter(({ outcome }) => outcome === "failed"),
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
    examples: heard.examples,
    isRefused: () => heard.isRefused,
  };
}
