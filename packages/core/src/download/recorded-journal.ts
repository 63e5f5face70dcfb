import { interval, type Observable, type SchedulerLike, Subject, type Subscription } from "rxjs";
import { LeaseLostError } from "../errors/lease-lost-error.ts";
import type { Checkpoint, DownloadRecord, FailedTile, Lease, RecordedProgress } from "../ports/download-record.ts";
import type { TileStore } from "../ports/tile-store.ts";
import { RangeSet } from "../recovery/range-set.ts";
import type { Attempt } from "./attempt.ts";
import { failedTileOf } from "./failed-tile-of.ts";
import type { Journal } from "./journal.ts";
import { TileCounter } from "./tile-counts.ts";
import { tilesOf } from "./tiles-of.ts";

export interface RecordedJournalOptions {
  readonly store: TileStore;
  readonly record: Omit<DownloadRecord, "lease">;
  /** Makes the record if there is none yet, and has the lease of it: for the first time that the journal is opened. */
  readonly begin: () => Promise<Lease>;
  /** Takes the lease again. */
  readonly acquire: () => Promise<Lease>;
  readonly leaseMs: number;
  readonly scheduler: SchedulerLike;
}

/**
 * The journal of a download that can be continued: its record, and the lease without which nobody writes. Tiles and record
 * are written in one transaction, so that neither is ever ahead of the other.
 */
export class RecordedJournal implements Journal {
  readonly lost$: Observable<never>;
  readonly #options: RecordedJournalOptions;
  readonly #lost = new Subject<never>();
  /** As of the last commit. */
  #finished: RangeSet;
  #counter: TileCounter;
  #name: string;
  #lease: Lease | undefined;
  #renewals: Subscription | undefined;

  constructor(options: RecordedJournalOptions) {
    const { finished, counts } = options.record.progress;
    this.#options = options;
    this.#name = options.record.store;
    this.#finished = new RangeSet(finished);
    this.#counter = new TileCounter(counts);
    this.lost$ = this.#lost.asObservable();
  }

  async open(): Promise<void> {
    const { begin, acquire, record, store } = this.#options;
    const last = this.#lease;
    this.#lease = await (last === undefined ? begin() : acquire());
    if (last !== undefined && !(await this.#isAsItWas())) {
      await store.downloads.release(record.id, this.#lease);
      throw new LeaseLostError(record.id, last.epoch);
    }
    this.#keepLease();
  }

  /** Whether nobody has gone on with the download since the last commit. */
  async #isAsItWas(): Promise<boolean> {
    const { store, record } = this.#options;
    const current = await store.downloads.get(record.id);
    // It may have been renamed.
    this.#name = current?.store ?? this.#name;
    const known = [this.#finished.toRanges(), this.#counter.counts()];
    return JSON.stringify([current?.progress.finished, current?.progress.counts]) === JSON.stringify(known);
  }

  async commit(attempts: readonly Attempt[], state: RecordedProgress["state"]): Promise<void> {
    const { store } = this.#options;
    // On copies: a commit that fails has not happened.
    const finished = new RangeSet(this.#finished.toRanges());
    const counter = new TileCounter(this.#counter.counts());
    for (const { work, event } of attempts) {
      counter.add(event, work.failedAs);
      finished.add(work.index);
    }
    const progress = { state, finished: finished.toRanges(), counts: counter.counts() };
    await store.commit({ ...tilesOf(attempts), store: this.#name, checkpoint: this.#checkpoint(attempts, progress) });
    this.#finished = finished;
    this.#counter = counter;
  }

  failed(): AsyncIterable<FailedTile> {
    return this.#options.store.downloads.failed(this.#options.record.id);
  }

  async rest(): Promise<void> {
    if (this.#lease === undefined) return;
    // Before it is released: renewing would take it back.
    this.#renewals?.unsubscribe();
    await this.#options.store.downloads.release(this.#options.record.id, this.#lease);
  }

  async forget(): Promise<void> {
    this.#renewals?.unsubscribe();
    await this.#options.store.downloads.remove(this.#options.record.id, { epoch: this.#epoch });
  }

  get #epoch(): number {
    // None has epoch 0: a journal that was never opened cannot write.
    return this.#lease?.epoch ?? 0;
  }

  #checkpoint(attempts: readonly Attempt[], progress: Omit<RecordedProgress, "updatedAt">): Checkpoint {
    const { record, leaseMs, scheduler } = this.#options;
    const now = scheduler.now();
    return {
      download: record.id,
      epoch: this.#epoch,
      progress: { ...progress, updatedAt: now },
      failed: attempts.flatMap((attempt) => failedTileOf(attempt, now) ?? []),
      recovered: attempts.flatMap(({ work, event }) =>
        work.failedAs !== undefined && event.outcome !== "failed" ? [work.index] : [],
      ),
      leaseExpiresAt: now + leaseMs,
    };
  }

  /** For the times when commits, which renew the lease too, are far apart. */
  #keepLease(): void {
    const { store, record, scheduler, leaseMs } = this.#options;
    this.#renewals = interval(leaseMs / 3, scheduler).subscribe(() => {
      const renewal = { epoch: this.#epoch, expiresAt: scheduler.now() + leaseMs };
      store.downloads.renew(record.id, renewal).catch((error) => this.#lost.error(error));
    });
  }
}
