import {
  BehaviorSubject,
  filter,
  firstValueFrom,
  interval,
  lastValueFrom,
  merge,
  type Observable,
  Subject,
  Subscription,
  tap,
} from "rxjs";
import type { Cover } from "../cover/cover.ts";
import type { DownloadRecord, Lease } from "../ports/download-record.ts";
import type { TileKey } from "../ports/tile.ts";
import type { TileStore } from "../ports/tile-store.ts";
import { RangeSet } from "../recovery/range-set.ts";
import { type Attempt, type AttemptContext, attemptTile } from "./attempt-tile.ts";
import type { Download } from "./download.ts";
import type { DownloadProgress } from "./download-progress.ts";
import { END, lanes, WAIT } from "./lanes.ts";
import { missingWorks } from "./missing-works.ts";
import { postponedWorks } from "./postponed-works.ts";
import { isFinal, Reporter } from "./reporter.ts";
import { TileCounter } from "./tile-counts.ts";
import type { TileEvent } from "./tile-event.ts";
import type { Work, WorkList } from "./work-list.ts";
import { Writer } from "./writer.ts";

/** All that a download needs. */
export interface RunOptions extends Omit<AttemptContext, "stop$"> {
  readonly store: TileStore;
  readonly cover: Cover;
  readonly record: DownloadRecord;
  readonly owner: string;
  readonly lease: Lease;
  readonly leaseMs: number;
  readonly bufferTiles: number;
  readonly bufferBytes: number;
  readonly reportIntervalMs: number;
  /** Whether tiles that the store has are looked up beforehand, to skip them or to ask whether they have changed. */
  readonly lookUp: boolean;
}

/** Runs a download whose record and lease are there. It begins at once. */
export function runDownload(options: RunOptions): Download {
  return new Engine(options).handle;
}

type Wish = "run" | "pause" | "cancel";

class Engine {
  readonly handle: Download;
  readonly #options: RunOptions;
  readonly #tiles$ = new Subject<TileEvent>();
  readonly #counter: TileCounter;
  readonly #reporter: Reporter;
  readonly #finished: RangeSet;
  readonly #context: AttemptContext;
  /** What the user wants; the engine follows as it can. */
  readonly #wish$ = new BehaviorSubject<Wish>("run");
  /** Errors when the download can not go on. */
  readonly #failure$ = new Subject<never>();
  #writer: Writer;
  #lease: Lease;
  #holdsLease = true;
  #resuming: Promise<void> | undefined;

  constructor(options: RunOptions) {
    const { record, cover, gate, bucket, scheduler, reportIntervalMs } = options;
    this.#options = options;
    this.#lease = options.lease;
    this.#finished = new RangeSet(record.progress.finished);
    this.#counter = new TileCounter(record.progress.counts);
    this.#context = { ...options, stop$: this.#wish$.pipe(filter((wish) => wish !== "run")) };
    this.#writer = this.#newWriter();
    this.#reporter = new Reporter({
      id: record.id,
      max: cover.count,
      counter: this.#counter,
      buffered: () => this.#writer.buffered,
      limit: () => lesser(bucket?.perSecond, gate.rate.perSecond),
      reportIntervalMs,
      scheduler,
    });
    const done = this.#run();
    // Who does not ask how it ended is not told by the platform either.
    done.catch(() => {});
    this.handle = {
      id: record.id,
      store: record.store,
      progress$: this.#reporter.progress$,
      tiles$: this.#tiles$.asObservable(),
      done,
      pause: () => this.#pause(),
      resume: () => this.#resume(),
      cancel: () => this.#cancel(),
    };
  }

  async #run(): Promise<DownloadProgress> {
    const alongside = new Subscription();
    try {
      alongside.add(this.#followGate());
      alongside.add(this.#keepLease());
      await this.#downloadAll();
    } catch (error) {
      // Whoever has the lease now is not to be disturbed, and a store that fails is not to be asked again.
      await this.#options.store.downloads.release(this.handle.id, this.#lease).catch(() => {});
      this.#reporter.enter("failed");
      this.#reporter.fail(error);
      this.#tiles$.error(error);
      throw error;
    } finally {
      alongside.unsubscribe();
    }
    this.#reporter.complete();
    this.#tiles$.complete();
    return this.#reporter.latest;
  }

  async #downloadAll(): Promise<void> {
    const { store, cover, record, lookUp } = this.#options;
    const { source } = record.region;
    const lookUpIn = (keys: readonly TileKey[]) => store.tiles.info(keys, { stores: [record.store] });
    const missing = missingWorks(cover, source, new RangeSet(record.progress.finished), lookUp ? lookUpIn : undefined);
    if (!(await this.#work(missing))) return;
    await this.#writer.flush("running");
    if (!(await this.#work(postponedWorks(store.downloads.failed(record.id), source)))) return;

    await this.#writer.flush("completed");
    // What has failed can be tried again as long as the record is there.
    if (this.#reporter.failed > 0) await store.downloads.release(record.id, this.#lease);
    else await store.downloads.remove(record.id, this.#lease);
    this.#reporter.enter("completed");
  }

  /** Works through a list, pauses included. False if it was cancelled. */
  async #work(works: WorkList): Promise<boolean> {
    for (;;) {
      await this.#pass(works);
      const wish = this.#wish$.value;
      if (wish === "run") return true;
      if (wish === "pause") await this.#rest();
      if (this.#wish$.value === "cancel") {
        await this.#writer.flush("paused");
        await this.#options.store.downloads.remove(this.handle.id, this.#lease);
        this.#reporter.enter("cancelled");
        return false;
      }
    }
  }

  /** Runs the lanes until there is no more work, or the user wants something else. */
  async #pass(works: WorkList): Promise<void> {
    const attempts$ = lanes<Work, Attempt>({
      parallel: this.#options.lanes,
      pull: () => {
        if (this.#wish$.value !== "run") return END;
        return this.#writer.isFull ? WAIT : works.pull();
      },
      run: (work) => this.#attempts(work, works),
      wake$: merge(works.ready$, this.#writer.committed$, this.#wish$, this.#failure$),
    });
    await lastValueFrom(attempts$.pipe(tap((attempt) => this.#note(attempt))), { defaultValue: undefined });
  }

  #attempts(work: Work, works: WorkList): Observable<Attempt> {
    let isSettled = false;
    return attemptTile(work, this.#context).pipe(
      tap({
        next: ({ event }) => {
          isSettled = event.outcome !== "retrying";
        },
        complete: () => {
          if (!isSettled) works.putBack(work);
        },
      }),
    );
  }

  #note(attempt: Attempt): void {
    const { event, work } = attempt;
    if (event.outcome !== "retrying") {
      this.#counter.add(event, work.wasPostponed);
      this.#writer.add(attempt);
    }
    this.#tiles$.next(event);
    this.#reporter.touch();
  }

  async #pause(): Promise<void> {
    if (this.#wish$.value === "run" && !isFinal(this.#reporter.state)) {
      this.#reporter.enter("pausing");
      this.#wish$.next("pause");
    }
    if (this.#wish$.value === "pause") await this.#reporter.reaches("paused");
  }

  async #rest(): Promise<void> {
    const { store } = this.#options;
    await this.#writer.flush("paused");
    // Before it is released: renewing would take it back.
    this.#holdsLease = false;
    await store.downloads.release(this.handle.id, this.#lease);
    this.#reporter.enter("paused");
    await firstValueFrom(this.#wish$.pipe(filter((wish) => wish !== "pause")));
  }

  #resume(): Promise<void> {
    // Two at once would take the lease from each other.
    this.#resuming ??= this.#takeUp().finally(() => {
      this.#resuming = undefined;
    });
    return this.#resuming;
  }

  async #takeUp(): Promise<void> {
    const { store, owner, scheduler, leaseMs } = this.#options;
    if (this.#wish$.value !== "pause") return;
    await this.#reporter.reaches("paused");
    if (this.#reporter.state !== "paused") return;
    const now = scheduler.now();
    this.#lease = await store.downloads.acquire(this.handle.id, { owner, now, expiresAt: now + leaseMs });
    this.#holdsLease = true;
    // It may have been cancelled meanwhile.
    if (this.#wish$.value !== "pause") return;
    this.#writer = this.#newWriter();
    this.#reporter.enter("running");
    this.#wish$.next("run");
  }

  async #cancel(): Promise<void> {
    if (!isFinal(this.#reporter.state) && this.#wish$.value !== "cancel") {
      this.#reporter.enter("cancelling");
      this.#wish$.next("cancel");
    }
    await this.handle.done;
  }

  #newWriter(): Writer {
    const { store, record, leaseMs, bufferTiles, bufferBytes, scheduler } = this.#options;
    return new Writer({
      store,
      name: record.store,
      download: record.id,
      epoch: this.#lease.epoch,
      finished: this.#finished,
      counts: this.#counter.counts(),
      bufferTiles,
      bufferBytes,
      leaseMs,
      now: () => scheduler.now(),
    });
  }

  #followGate(): Subscription {
    return this.#options.gate.waiting$.subscribe((waiting) => {
      const { state } = this.#reporter;
      if (state === "running" && waiting !== undefined) this.#reporter.enter("waiting", waiting);
      else if (state === "waiting") this.#reporter.enter(waiting === undefined ? "running" : "waiting", waiting);
    });
  }

  /** For the times when commits, which renew the lease too, are far apart. */
  #keepLease(): Subscription {
    const { store, scheduler, leaseMs } = this.#options;
    return interval(leaseMs / 3, scheduler).subscribe(() => {
      if (!this.#holdsLease) return;
      const renewal = { epoch: this.#lease.epoch, expiresAt: scheduler.now() + leaseMs };
      store.downloads.renew(this.handle.id, renewal).catch((error) => this.#failure$.error(error));
    });
  }
}

function lesser(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined ? b : Math.min(a, b ?? a);
}
