import { type Observable, ReplaySubject, type SchedulerLike, type Subscription } from "rxjs";
import type { DownloadProgress, DownloadState, RateLimit, Waiting } from "../ports/download-progress.ts";
import { progressErrorOf } from "./progress-error.ts";
import { SmoothedRate } from "./smoothed-rate.ts";
import { sumsOf, type TileCounter } from "./tile-counts.ts";

export interface ReporterOptions {
  readonly id: string;
  readonly max: number;
  readonly counter: TileCounter;
  readonly buffered: () => number;
  /** The rate that it is limited to, if it is. */
  readonly limit: () => RateLimit | undefined;
  readonly reportIntervalMs: number;
  readonly scheduler: SchedulerLike;
}

/** Turns what happens into progress: each change of state at once, everything else once an interval. */
export class Reporter {
  readonly #progress$ = new ReplaySubject<DownloadProgress>(1);
  readonly progress$: Observable<DownloadProgress> = this.#progress$.asObservable();
  readonly #options: ReporterOptions;
  #state: DownloadState = "running";
  #waiting: Waiting | undefined;
  #error: DownloadProgress["error"];
  #timer: Subscription | undefined;

  #activeSince: number | undefined;
  #elapsedMs = 0;
  readonly #rate: SmoothedRate;
  #percentage = 0;
  #latest: DownloadProgress;

  constructor(options: ReporterOptions) {
    this.#options = options;
    const now = options.scheduler.now();
    this.#activeSince = now;
    this.#rate = new SmoothedRate(now, this.#settled);
    this.#percentage = this.#percentageNow;
    this.#latest = this.#snapshot(now);
    this.#progress$.next(this.#latest);
  }

  get state(): DownloadState {
    return this.#state;
  }

  /** What was told last. */
  get latest(): DownloadProgress {
    return this.#latest;
  }

  get failed(): number {
    return sumsOf(this.#options.counter.counts()).failed;
  }

  /** Changes the state. What only changes the time to wait until is no change worth a report of its own. */
  enter(state: DownloadState, waiting?: Waiting): void {
    const now = this.#options.scheduler.now();
    if (this.#activeSince !== undefined) this.#elapsedMs += now - this.#activeSince;
    this.#activeSince = state === "paused" || isFinal(state) ? undefined : now;
    if (this.#state === "paused") this.#rate.skip(now, this.#settled);
    const isNews = state !== this.#state || waiting?.reason !== this.#waiting?.reason;
    this.#state = state;
    this.#waiting = waiting;
    if (isNews) this.#emit();
    else this.touch();
  }

  /** Something has happened that is worth a report in time. */
  touch(): void {
    if (this.#timer !== undefined) return;
    this.#timer = this.#options.scheduler.schedule(() => this.#emit(), this.#options.reportIntervalMs);
  }

  complete(): void {
    this.#timer?.unsubscribe();
    this.#progress$.complete();
  }

  fail(error: unknown): void {
    this.#error = progressErrorOf(error);
    this.enter("failed");
  }

  get #settled(): number {
    const { attempted, retryQueued } = sumsOf(this.#options.counter.counts());
    return attempted - retryQueued;
  }

  get #percentageNow(): number {
    const { max } = this.#options;
    return max === 0 ? 100 : (this.#settled / max) * 100;
  }

  #emit(): void {
    this.#timer?.unsubscribe();
    this.#timer = undefined;
    const now = this.#options.scheduler.now();
    this.#rate.measure(now, this.#settled);
    // A tile that was to be kept and is gone is queued again; that is no reason to go back.
    this.#percentage = Math.max(this.#percentage, this.#percentageNow);
    this.#latest = this.#snapshot(now);
    this.#progress$.next(this.#latest);
  }

  #snapshot(now: number): DownloadProgress {
    const { id, max, counter, buffered, limit } = this.#options;
    const tiles = sumsOf(counter.counts());
    const tilesPerSecond = this.#rate.perSecond;
    const limited = limit();
    // What has just been held back is not yet as slow as it will be.
    const expected = Math.min(tilesPerSecond, limited?.perSecond ?? Infinity);
    const isOver = isFinal(this.#state) || this.#state === "paused";
    const waiting = buffered();
    return {
      id,
      state: this.#state,
      max,
      ...tiles,
      buffered: waiting,
      flushed: tiles.stored - waiting,
      percentage: this.#percentage,
      elapsedMs: this.#elapsedMs + (this.#activeSince === undefined ? 0 : now - this.#activeSince),
      tilesPerSecond,
      limit: limited,
      isRateLimited: limited !== undefined && tilesPerSecond > limited.perSecond * 0.9,
      etaMs: isOver || expected === 0 ? undefined : ((max - this.#settled) / expected) * 1_000,
      waiting: this.#waiting,
      error: this.#error,
    };
  }
}

export function isFinal(state: DownloadState): boolean {
  return state === "completed" || state === "cancelled" || state === "failed";
}
