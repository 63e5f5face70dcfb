import { NEVER, type SchedulerLike } from "rxjs";
import { StoreNotFoundError } from "../errors/store-not-found-error.ts";
import type { FailedTile } from "../ports/download-record.ts";
import type { TileStore } from "../ports/tile-store.ts";
import type { Attempt } from "./attempt.ts";
import { failedTileOf } from "./failed-tile-of.ts";
import type { Journal } from "./journal.ts";
import { tilesOf } from "./tiles-of.ts";

export interface MemoryJournalOptions {
  readonly store: TileStore;
  readonly name: string;
  /** Whether it may begin. Rejects if not. */
  readonly check: () => Promise<void>;
  readonly scheduler: SchedulerLike;
}

/** The journal of a download that is not to be continued: it writes tiles, and keeps in memory which of them have failed. */
export class MemoryJournal implements Journal {
  readonly lost$ = NEVER;
  readonly #options: MemoryJournalOptions;
  readonly #failed = new Map<number, FailedTile>();
  #hasBegun = false;

  constructor(options: MemoryJournalOptions) {
    this.#options = options;
  }

  async open(): Promise<void> {
    const { store, name, check } = this.#options;
    if (!(await store.stores.has(name))) throw new StoreNotFoundError(name);
    if (!this.#hasBegun) await check();
    this.#hasBegun = true;
  }

  async commit(attempts: readonly Attempt[]): Promise<void> {
    const { store, name, scheduler } = this.#options;
    await store.commit({ ...tilesOf(attempts), store: name });
    for (const attempt of attempts) {
      const failed = failedTileOf(attempt, scheduler.now());
      if (failed === undefined) this.#failed.delete(attempt.work.index);
      else this.#failed.set(failed.index, failed);
    }
  }

  async *failed(): AsyncIterable<FailedTile> {
    yield* this.#failed.values();
  }

  async rest(): Promise<void> {}

  async forget(): Promise<void> {}
}
