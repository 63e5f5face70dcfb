import type { SchedulerLike, Subscription } from "rxjs";

/**
 * Tells what has been under way for too long. All have the same time, so the first to begin is the first to be late, and one
 * timer is enough: setting and clearing one for each request is a good part of what a page does to fetch a tile.
 */
export class Deadlines<Late> {
  /** Since when each is under way, in the order of their beginnings. */
  readonly #begun = new Map<Late, number>();
  readonly #timeoutMs: number;
  readonly #scheduler: SchedulerLike;
  readonly #onLate: (late: Late) => void;
  #timer: Subscription | undefined;

  constructor(timeoutMs: number, scheduler: SchedulerLike, onLate: (late: Late) => void) {
    this.#timeoutMs = timeoutMs;
    this.#scheduler = scheduler;
    this.#onLate = onLate;
  }

  /** Those that are under way. */
  get all(): readonly Late[] {
    return [...this.#begun.keys()];
  }

  begin(each: Late): void {
    this.#begun.set(each, this.#scheduler.now());
    if (this.#timer === undefined) this.#wait(this.#timeoutMs);
  }

  end(each: Late): void {
    this.#begun.delete(each);
    if (this.#begun.size > 0) return;
    // A timer for nothing would keep a process of Node alive.
    this.#timer?.unsubscribe();
    this.#timer = undefined;
  }

  #wait(ms: number): void {
    this.#timer = this.#scheduler.schedule(() => this.#look(), ms);
  }

  #look(): void {
    this.#timer = undefined;
    this.#forgetTheFuture();
    const late: Late[] = [];
    for (const [each, begun] of this.#begun) {
      const left = begun + this.#timeoutMs - this.#scheduler.now();
      if (left > 0) {
        this.#wait(left);
        break;
      }
      late.push(each);
    }
    for (const each of late) this.#begun.delete(each);
    // Last, as who is told may begin something else at once.
    for (const each of late) this.#onLate(each);
  }

  /** A clock may be set back: what begins later than now has its whole time from now on. */
  #forgetTheFuture(): void {
    const now = this.#scheduler.now();
    for (const [each, begun] of this.#begun) if (begun > now) this.#begun.set(each, now);
  }
}
