import { Subject } from "rxjs";
import { TileNotFoundError } from "../errors/tile-not-found-error.ts";
import type { RecordedProgress } from "../ports/download-record.ts";
import type { StoredTiles } from "../ports/stored-tiles.ts";
import type { TileKey } from "../ports/tile.ts";
import type { Attempt } from "./attempt.ts";
import type { Journal } from "./journal.ts";

export interface WriterOptions {
  readonly journal: Journal;
  /** How much may be lost in a crash. */
  readonly bufferTiles: number;
  readonly bufferBytes: number;
  /** Which tiles the database has. */
  readonly has: StoredTiles["has"];
  /** What is to become of a tile that was to be kept as it is, and that somebody has removed meanwhile. */
  readonly onGone: (attempt: Attempt) => Attempt;
}

/** What cost no request fills the buffer too, when there is much of it. */
const OUTCOMES = 4_000;
/** Of a buffer: so that lanes fill one half while the other is written, where they are as quick as the store. */
const MOST_ROOM = 0.5;

/**
 * Gathers what becomes of tiles, and commits it, so that no more than a buffer is ever at stake. Each commit has a cost of its
 * own, so a batch grows until there is just room left for what comes in while it is written.
 */
export class Writer {
  /** Emits after each commit. */
  readonly committed$ = new Subject<void>();
  readonly #options: WriterOptions;
  #pending = new Batch();
  #writing: Batch | undefined;
  #underWay: Promise<void> | undefined;
  #failure: { readonly error: unknown } | undefined;
  /** The part of the buffer that is left free for what comes in during a commit. */
  #room = MOST_ROOM;

  constructor(options: WriterOptions) {
    this.#options = options;
  }

  /** How many tiles wait to be stored. */
  get buffered(): number {
    return this.#pending.stored + (this.#writing?.stored ?? 0);
  }

  get isFull(): boolean {
    return this.#fullness(this.#pending, this.#writing) >= 1;
  }

  /** Takes what became of a tile, for good or until the end. */
  add(attempt: Attempt): void {
    this.#pending.add(attempt);
    this.#writeIfDue();
  }

  /** Commits all there is, along with the state. */
  async flush(state: RecordedProgress["state"]): Promise<void> {
    while (this.#underWay !== undefined && this.#failure === undefined) await this.#underWay;
    if (this.#failure !== undefined) throw this.#failure.error;
    await this.#commit(state);
  }

  #writeIfDue(): void {
    if (this.#underWay !== undefined || this.#failure !== undefined) return;
    if (this.#fullness(this.#pending) + this.#room < 1) return;
    this.#underWay = this.#commit("running").then(
      () => {
        this.#underWay = undefined;
        this.#writeIfDue();
      },
      (error) => {
        this.#failure = { error };
        this.committed$.error(error);
      },
    );
  }

  /** For twice as much as has come in during this commit, as the next may take longer. After a slow one it shrinks slowly. */
  #fitRoom(): void {
    const came = Math.max(this.#fullness(this.#pending), 1 / this.#options.bufferTiles);
    this.#room = Math.min(MOST_ROOM, Math.max(2 * came, 0.8 * this.#room));
  }

  /** How much of what may be lost in a crash there is: 1 is all of it. */
  #fullness(pending: Batch, writing?: Batch): number {
    const { bufferTiles, bufferBytes } = this.#options;
    const asked = pending.asked + (writing?.asked ?? 0);
    const bytes = pending.bytes + (writing?.bytes ?? 0);
    const outcomes = pending.attempts.length + (writing?.attempts.length ?? 0);
    return Math.max(asked / bufferTiles, bytes / bufferBytes, outcomes / OUTCOMES);
  }

  async #commit(state: RecordedProgress["state"]): Promise<void> {
    const batch = this.#pending;
    this.#writing = batch;
    this.#pending = new Batch();
    await this.#commitWhatIsThere(batch.attempts, state);
    this.#writing = undefined;
    // Before it is told: those who then bring something at once do not bring it during the commit.
    this.#fitRoom();
    this.committed$.next();
  }

  /** A tile that was to be kept may have been removed since it was looked up: it is replaced, and the rest is written. */
  async #commitWhatIsThere(attempts: readonly Attempt[], state: RecordedProgress["state"]): Promise<void> {
    const { journal, has, onGone } = this.#options;
    try {
      await journal.commit(attempts, state);
    } catch (error) {
      if (!TileNotFoundError.isInstance(error)) throw error;
      const kept = attempts.filter(({ write }) => write !== undefined && write.bytes === undefined);
      const isThere = await has(kept.map(({ work }) => work.key));
      const { z, x, y } = error.tile;
      // The one that it names is gone for sure, so this comes to an end.
      const isGone = ({ z: ofZ, x: ofX, y: ofY }: TileKey, i: number) =>
        !isThere[i] || (ofZ === z && ofX === x && ofY === y);
      const gone = new Set(kept.filter(({ work }, i) => isGone(work.key, i)));
      const rest = attempts.map((attempt) => (gone.has(attempt) ? onGone(attempt) : attempt));
      await this.#commitWhatIsThere(rest, state);
    }
  }
}

class Batch {
  readonly attempts: Attempt[] = [];
  /** How many of them have cost a request, and would again after a crash. */
  asked = 0;
  stored = 0;
  bytes = 0;

  add(attempt: Attempt): void {
    this.attempts.push(attempt);
    if (attempt.event.attempts > attempt.work.attempts) this.asked += 1;
    const bytes = attempt.write?.bytes;
    if (bytes === undefined) return;
    this.stored += 1;
    this.bytes += bytes.length;
  }
}
