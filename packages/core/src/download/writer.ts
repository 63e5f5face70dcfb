import { Subject } from "rxjs";
import type { Checkpoint, FailedTile, RecordedProgress } from "../ports/download-record.ts";
import type { TileWrite } from "../ports/tile.ts";
import type { TileStore } from "../ports/tile-store.ts";
import type { RangeSet } from "../recovery/range-set.ts";
import type { Attempt } from "./attempt-tile.ts";
import { POSTPONED } from "./postponed-works.ts";
import { TileCounter } from "./tile-counts.ts";

export interface WriterOptions {
  readonly store: TileStore;
  /** The name of the store that the tiles join. */
  readonly name: string;
  readonly download: string;
  readonly epoch: number;
  /** What the record has of earlier runs. */
  readonly finished: RangeSet;
  readonly counts: { readonly [name: string]: number };
  /** How much may be lost in a crash. */
  readonly bufferTiles: number;
  readonly bufferBytes: number;
  readonly leaseMs: number;
  readonly now: () => number;
}

/** What is not even a tile is worth a commit too, when there is much of it. */
const OUTCOMES = 2_000;

/**
 * Gathers what becomes of tiles, and commits it: half a buffer at a time, so that lanes fill one half while the other is
 * written, and no more than a whole one is ever at stake.
 */
export class Writer {
  /** Emits after each commit how many tiles of it were stored. */
  readonly committed$ = new Subject<number>();
  readonly #options: WriterOptions;
  readonly #counter: TileCounter;
  #pending: Attempt[] = [];
  #pendingTiles = 0;
  #pendingBytes = 0;
  #writingTiles = 0;
  #writingBytes = 0;
  #writing: Promise<void> | undefined;
  #failure: { readonly error: unknown } | undefined;

  constructor(options: WriterOptions) {
    this.#options = options;
    this.#counter = new TileCounter(options.counts);
  }

  /** How many tiles would be lost now. */
  get buffered(): number {
    return this.#pendingTiles + this.#writingTiles;
  }

  get isFull(): boolean {
    const { bufferTiles, bufferBytes } = this.#options;
    return this.buffered >= bufferTiles || this.#pendingBytes + this.#writingBytes >= bufferBytes;
  }

  /** Takes what became of a tile, for good or until the end. */
  add(attempt: Attempt): void {
    this.#pending.push(attempt);
    if (attempt.write !== undefined) {
      this.#pendingTiles += 1;
      this.#pendingBytes += attempt.write.bytes?.length ?? 0;
    }
    if (this.#isHalfFull) this.#write();
  }

  /** Commits all there is, along with the state. */
  async flush(state: RecordedProgress["state"]): Promise<void> {
    while (this.#writing !== undefined && this.#failure === undefined) await this.#writing;
    if (this.#failure !== undefined) throw this.#failure.error;
    await this.#commit(state);
  }

  #write(): void {
    if (this.#writing !== undefined || this.#failure !== undefined) return;
    this.#writing = this.#commit("running").then(
      () => {
        this.#writing = undefined;
        if (this.#isHalfFull) this.#write();
      },
      (error) => {
        this.#failure = { error };
        this.committed$.error(error);
      },
    );
  }

  get #isHalfFull(): boolean {
    const { bufferTiles, bufferBytes } = this.#options;
    const { length } = this.#pending;
    return this.#pendingTiles * 2 >= bufferTiles || this.#pendingBytes * 2 >= bufferBytes || length >= OUTCOMES;
  }

  async #commit(state: RecordedProgress["state"]): Promise<void> {
    const { store, name } = this.#options;
    const attempts = this.#pending;
    const tiles = attempts.flatMap(({ write }): TileWrite[] => (write === undefined ? [] : [write]));
    this.#writingTiles = this.#pendingTiles;
    this.#writingBytes = this.#pendingBytes;
    this.#pending = [];
    this.#pendingTiles = 0;
    this.#pendingBytes = 0;
    for (const { work, event } of attempts) {
      this.#counter.add(event, work.wasPostponed);
      this.#options.finished.add(work.index);
    }
    await store.commit({
      store: name,
      tiles,
      pinned: true,
      transfer: true,
      checkpoint: this.#checkpoint(attempts, state),
    });
    this.#writingTiles = 0;
    this.#writingBytes = 0;
    this.committed$.next(tiles.length);
  }

  #checkpoint(attempts: readonly Attempt[], state: RecordedProgress["state"]): Checkpoint {
    const { download, epoch, finished, leaseMs, now } = this.#options;
    const time = now();
    return {
      download,
      epoch,
      progress: { state, updatedAt: time, finished: finished.toRanges(), counts: this.#counter.counts() },
      failed: attempts.flatMap((attempt) => failedTile(attempt, time)),
      recovered: attempts.flatMap(({ work, event }) =>
        work.wasPostponed && event.outcome !== "failed" ? [work.index] : [],
      ),
      leaseExpiresAt: time + leaseMs,
    };
  }
}

function failedTile({ event }: Attempt, failedAt: number): FailedTile[] {
  const { index, z, x, y, outcome, reason = "request", detail, attempts } = event;
  if (outcome !== "failed" && outcome !== "postponed") return [];
  return [{ index, z, x, y, reason: outcome === "postponed" ? POSTPONED : reason, detail, attempts, failedAt }];
}
