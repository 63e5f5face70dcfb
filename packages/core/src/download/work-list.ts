import { Subject } from "rxjs";
import type { TileInfo, TileKey } from "../ports/tile.ts";
import type { FailReason } from "../ports/tile-event.ts";
import { END, WAIT } from "./lanes.ts";

/** A tile to download. */
export interface Work {
  /** Its place in the cover. */
  readonly index: number;
  readonly key: TileKey;
  /** What the store has of it, where that has been looked up. */
  readonly info?: TileInfo | undefined;
  /** How often it was asked for before, if it has failed before. */
  readonly attempts: number;
  /** As what it has been counted before: it has failed, for good or for now, and is tried again. */
  readonly failedAs?: FailReason | "postponed" | undefined;
}

/** Gives out works one by one. It fetches the next page of them while one is being given out. An empty page is the end. */
export class WorkList {
  /** Emits when there is work again after a `WAIT`. */
  readonly ready$ = new Subject<void>();
  readonly #nextPage: () => Promise<readonly Work[]>;
  #page: readonly Work[] = [];
  #at = 0;
  #next: readonly Work[] | undefined;
  readonly #putBack: Work[] = [];
  #isLoading = false;

  constructor(nextPage: () => Promise<readonly Work[]>) {
    this.#nextPage = nextPage;
  }

  pull(): Work | typeof WAIT | typeof END {
    const work = this.#putBack.pop() ?? this.#page[this.#at++];
    if (work !== undefined) return work;
    if (this.#next === undefined) {
      this.#load();
      return WAIT;
    }
    const [first] = this.#next;
    if (first === undefined) return END;
    this.#page = this.#next;
    this.#at = 1;
    this.#next = undefined;
    this.#load();
    return first;
  }

  /** Takes back what was pulled and not even tried. */
  putBack(work: Work): void {
    this.#putBack.push(work);
  }

  #load(): void {
    if (this.#isLoading) return;
    this.#isLoading = true;
    this.#nextPage().then(
      (page) => {
        this.#isLoading = false;
        this.#next = page;
        this.ready$.next();
      },
      (error) => this.ready$.error(error),
    );
  }
}
