import { merge, type Observable, Subject, type Subscription } from "rxjs";
import type { Cover } from "../cover/cover.ts";
import { DownloadInProgressError } from "../errors/download-in-progress-error.ts";
import { LeaseLostError } from "../errors/lease-lost-error.ts";
import { RootClosedError } from "../errors/root-closed-error.ts";
import type { Download } from "../ports/download.ts";
import type { DownloadProgress, RateLimit } from "../ports/download-progress.ts";
import type { RecordedProgress } from "../ports/download-record.ts";
import type { StoredTiles } from "../ports/stored-tiles.ts";
import type { TileEvent } from "../ports/tile-event.ts";
import { RangeSet } from "../recovery/range-set.ts";
import type { Attempt } from "./attempt.ts";
import type { AttemptContext, Stoppable } from "./attempt-context.ts";
import { attemptTile } from "./attempt-tile.ts";
import { Control } from "./control.ts";
import { failedWorks } from "./failed-works.ts";
import type { Journal } from "./journal.ts";
import { END, lanes, WAIT } from "./lanes.ts";
import { missingWorks } from "./missing-works.ts";
import { Reporter } from "./reporter.ts";
import { Roster } from "./roster.ts";
import { TileCounter } from "./tile-counts.ts";
import type { LookUp } from "./with-infos.ts";
import type { Work, WorkList } from "./work-list.ts";
import { Writer } from "./writer.ts";

/** All that a download needs. */
export interface RunOptions extends Omit<AttemptContext, "asking" | "isSea"> {
  readonly id: string;
  /** The name of the store that it downloads into. */
  readonly name: string;
  readonly source: string;
  readonly cover: Cover;
  /** How far it had come. */
  readonly progress: Pick<RecordedProgress, "finished" | "counts">;
  /** Which tiles to download: those that are missing, or those that have failed. */
  readonly which: "missing" | "failed";
  readonly journal: Journal;
  readonly has: StoredTiles["has"];
  /** Absent: whatever the database has is asked for as if it were not there. */
  readonly lookUp: LookUp | undefined;
  /** Emits once it is known by what to know sea. It never fails. */
  readonly sea$: Observable<(bytes: Uint8Array) => boolean>;
  readonly bufferTiles: number;
  readonly bufferBytes: number;
  readonly reportIntervalMs: number;
  /** Errors when it will never be resumed from a pause. */
  readonly closed$: Observable<never>;
}

/** Runs a download. It begins at once. */
export function runDownload(options: RunOptions): Download {
  return new Engine(options).handle;
}

/**
 * Brings the parts together. What the user wishes (`Control`), and what the engine does about it:
 *
 *     wish     state                until
 *     run      running, or waiting  the work is done, then `completed`; `waiting` while the gate is closed
 *     pause    pausing              lanes are empty and the buffer is written, then `paused`, at rest
 *     cancel   cancelling           the same, then `cancelled`
 *
 * At rest its journal has let go of the lease. It is opened again before the first lane starts, and only one loop does
 * all that (`#work`), so nothing is ever opened, written or released at the same time. Whatever fails ends in `failed`.
 */
class Engine {
  readonly handle: Download;
  readonly #options: RunOptions;
  readonly #tiles$ = new Subject<TileEvent>();
  readonly #counter: TileCounter;
  readonly #reporter: Reporter;
  readonly #context: AttemptContext;
  readonly #writer: Writer;
  readonly #control: Control;
  readonly #asking = new Roster<Stoppable>();
  readonly #seaKnown$ = new Subject<void>();
  #isSea: ((bytes: Uint8Array) => boolean) | undefined;

  constructor(options: RunOptions) {
    const { id, name, cover, gate, bucket, scheduler, reportIntervalMs, journal, has, progress } = options;
    this.#options = options;
    this.#counter = new TileCounter(progress.counts);
    this.#context = {
      ...options,
      isSea: (bytes) => this.#isSea?.(bytes) === true,
      asking: this.#asking,
    };
    const { bufferTiles, bufferBytes } = options;
    const onGone = (attempt: Attempt) => this.#askAgain(attempt);
    this.#writer = new Writer({ journal, bufferTiles, bufferBytes, has, onGone });
    this.#reporter = new Reporter({
      id,
      max: cover.count,
      counter: this.#counter,
      buffered: () => this.#writer.buffered,
      limit: () => lesser(bucket && { perSecond: bucket.perSecond, by: "options" }, gate.limit),
      reportIntervalMs,
      scheduler,
    });
    this.#control = new Control({
      reporter: this.#reporter,
      stop: () => {
        for (const each of this.#asking.list()) each.stop();
      },
      enterRun: () => this.#enterRun(),
      done: () => this.handle.done,
    });
    const done = this.#run();
    // Who does not ask how it ended is not told by the platform either.
    done.catch(() => {});
    const { pause, resume, cancel } = this.#control;
    const { progress$ } = this.#reporter;
    this.handle = { id, store: name, progress$, tiles$: this.#tiles$.asObservable(), done, pause, resume, cancel };
  }

  async #run(): Promise<DownloadProgress> {
    const { journal, sea$ } = this.#options;
    const following = this.#followGate();
    try {
      await journal.open();
      const learning = sea$.subscribe((isSea) => {
        this.#isSea = isSea;
        this.#seaKnown$.next();
      });
      following.add(learning);
      await this.#downloadAll();
    } catch (error) {
      // Whoever has the lease now is not to be disturbed, and a store that fails is not to be asked again.
      await journal.rest().catch(() => {});
      // What was paused when its root was closed is paused still, for another root to resume.
      if (!RootClosedError.isInstance(error)) this.#reporter.fail(error);
      throw error;
    } finally {
      following.unsubscribe();
      this.#reporter.complete();
      this.#tiles$.complete();
    }
    return this.#reporter.latest;
  }

  async #downloadAll(): Promise<void> {
    const { journal, which } = this.#options;
    if (!(await this.#work(which === "missing" ? this.#missing() : this.#failed("all")))) return;
    await this.#writer.flush("running");
    if (!(await this.#work(this.#failed("postponed")))) return;

    await this.#writer.flush("completed");
    // What has failed can be tried again as long as there is a record of it.
    if (this.#reporter.failed > 0) await journal.rest();
    else await journal.forget();
    this.#reporter.enter("completed");
  }

  #missing(): WorkList {
    const { cover, source, progress, lookUp } = this.#options;
    return missingWorks(cover, source, new RangeSet(progress.finished), lookUp);
  }

  #failed(which: "all" | "postponed"): WorkList {
    const { journal, source, lookUp } = this.#options;
    return failedWorks(journal.failed(), source, which, lookUp);
  }

  /** Works through a list, pauses included. False if it was cancelled. */
  async #work(works: WorkList): Promise<boolean> {
    const control = this.#control;
    for (;;) {
      const isThrough = await this.#pass(works);
      if (isThrough && control.wish === "run") return true;
      if (control.wish === "pause") await this.#rest();
      if (control.wish === "cancel") {
        await this.#forget();
        this.#reporter.enter("cancelled");
        return false;
      }
    }
  }

  /** Runs the lanes until there is no more work, or the user wants something else. Returns whether all of it is done. */
  async #pass(works: WorkList): Promise<boolean> {
    const { lanes: parallel, journal } = this.#options;
    let isThrough = false;
    const attempts$ = lanes<Work, Attempt>({
      parallel,
      pull: () => {
        if (this.#control.wish !== "run") return END;
        if (this.#writer.isFull || this.#isSea === undefined) return WAIT;
        const work = works.pull();
        isThrough = work === END;
        return work;
      },
      run: (work) =>
        attemptTile(work, this.#context, () => {
          isThrough = false;
          works.putBack(work);
        }),
      wake$: merge(works.ready$, this.#writer.committed$, this.#control.wish$, this.#seaKnown$, journal.lost$),
    });
    await attempts$.forEach((attempt) => {
      this.#note(attempt);
    });
    return isThrough;
  }

  /** Rests until the wish is another, and, if it is to run, the download has been taken up. */
  async #rest(): Promise<void> {
    const control = this.#control;
    await this.#writer.flush("paused");
    await this.#options.journal.rest();
    control.rested();
    this.#reporter.enter("paused");
    while (control.isAtRest) {
      await control.otherWish(this.#options.closed$);
      if (control.wish === "cancel") return;
      if (control.wish === "run") await this.#takeUp();
    }
  }

  async #forget(): Promise<void> {
    const { journal } = this.#options;
    if (!this.#control.isAtRest) {
      await this.#writer.flush("paused");
      await journal.forget();
      return;
    }
    // At rest there is nothing to write, and another may have gone on with it: then it is that one's to forget.
    try {
      await journal.forget();
    } catch (error) {
      if (!LeaseLostError.isInstance(error)) throw error;
    }
  }

  async #takeUp(): Promise<void> {
    this.#control.takingUp();
    try {
      await this.#options.journal.open();
    } catch (error) {
      // One that others have gone on with, or removed, is not ours to continue. One that they have at the moment may be, later.
      if (!DownloadInProgressError.isInstance(error)) throw error;
      this.#control.refused(error);
      // It may have been paused meanwhile.
      if (this.#control.wish === "pause") this.#reporter.enter("paused");
      return;
    }
    this.#control.takenUp();
    if (this.#control.wish === "run") this.#enterRun();
  }

  #note(attempt: Attempt): void {
    const { event, work } = attempt;
    if (event.outcome !== "retrying") {
      this.#counter.add(event, work.failedAs);
      this.#writer.add(attempt);
    }
    this.#tell(event);
  }

  /** The tile was there when it was looked up, and is gone: it is downloaded at the end. */
  #askAgain({ work, event }: Attempt): Attempt {
    const detail = "The tile was removed from the store meanwhile.";
    const postponed: TileEvent = { ...event, outcome: "postponed", reason: "request", detail, wasThere: false };
    this.#counter.add(postponed, event.reason);
    this.#tell(postponed);
    return { work, event: postponed };
  }

  #tell(event: TileEvent): void {
    this.#tiles$.next(event);
    this.#reporter.touch();
  }

  /** Running, or waiting for what the gate waits for. */
  #enterRun(): void {
    const { waiting } = this.#options.gate;
    this.#reporter.enter(waiting === undefined ? "running" : "waiting", waiting);
  }

  #followGate(): Subscription {
    return this.#options.gate.waiting$.subscribe(() => {
      const { state } = this.#reporter;
      if (state === "running" || state === "waiting") this.#enterRun();
    });
  }
}

function lesser(a: RateLimit | undefined, b: RateLimit | undefined): RateLimit | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a.perSecond <= b.perSecond ? a : b;
}
