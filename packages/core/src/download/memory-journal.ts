import { NEVER, type SchedulerLike } from "rxjs";
import { StoreNotFoundError } from "../errors/store-not-found-error.ts";
import type { FailedTile } from "../ports/download-record.ts";
import type { TileStore } from "../ports/tile-store.ts";
import type { Attempt } from "./attempt.ts";
import { failedTileOf } from "./failed-tile-of.ts";
import type { Journal } from "./journal.ts";
import { tilesOf } from "./tiles-of.ts";

/** The journal of a download that is not to be continued: it writes tiles, and keeps in memory which of them have failed. */
export class MemoryJournal implements Journal {
  readonly lost$ = NEVER;
  readonly #store: TileStore;
  readonly #name: string;
  readonly #scheduler: SchedulerLike;
  readonly #failed = new Map<number, FailedTile>();

  constructor(store: TileStore, name: string, scheduler: SchedulerLike) {
    this.#store = store;
    this.#name = name;
    this.#scheduler = scheduler;
  }

  async open(): Promise<void> {
    if (!(await this.#store.stores.has(this.#name))) throw new StoreNotFoundError(this.#name);
  }

  async commit(attempts: readonly Attempt[]): Promise<void> {
    await this.#store.commit({ ...tilesOf(attempts), store: this.#name });
    for (const attempt of attempts) {
      const failed = failedTileOf(attempt, this.#scheduler.now());
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
