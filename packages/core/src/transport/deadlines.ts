import type { SchedulerLike, Subscription } from "rxjs";

/**
 * Tells what has been under way for too long. All have the same time, so the first to begin is the first to be late, and one
 * timer is enough: setting and clearing one for each request is a good part of what a page does to fetch a tile.
 */
export class Deadlines<Late> {
  /** Those that are under way, in the order of their beginnings. Arrays, as a Map would keep alive what has ended (`Roster`). */
  readonly #underWay: Late[] = [];
  /** Since when each of them is. */
  readonly #since: number[] = [];
  readonly #timeoutMs: number;
  readonly #scheduler: SchedulerLike;
  readonly #onLate: (late: Late) => void;
  #timer: Subscription | undefined;

  constructor(timeoutMs: number, scheduler: SchedulerLike, onLate: (late: Late) => void) {
    this.#timeoutMs = timeoutMs;
    this.#scheduler = scheduler;
    this.#onLate = onLate;
  }

  get all(): readonly Late[] {
    return [...this.#underWay];
  }

  begin(each: Late): void {
    this.#underWay.push(each);
    this.#since.push(this.#scheduler.now());
    if (this.#timer === undefined) this.#wait(this.#timeoutMs);
  }

  end(each: Late): void {
    const place = this.#underWay.indexOf(each);
    if (place < 0) return;
    this.#underWay.splice(place, 1);
    this.#since.splice(place, 1);
    if (this.#underWay.length > 0) return;
    // A timer for nothing would keep a process of Node alive.
    this.#timer?.unsubscribe();
    this.#timer = undefined;
  }

  #wait(ms: number): void {
    this.#timer = this.#scheduler.schedule(() => this.#look(), ms);
  }

  #look(): void {
    this.#timer = undefined;
    const now = this.#scheduler.now();
    // A clock may be set back: what begins later than now has its whole time from now on.
    this.#since.forEach((since, place) => {
      if (since > now) this.#since[place] = now;
    });
    const inTime = this.#since.findIndex((since) => since + this.#timeoutMs > now);
    const late = this.#underWay.splice(0, inTime < 0 ? this.#underWay.length : inTime);
    this.#since.splice(0, late.length);
    const [first] = this.#since;
    if (first !== undefined) this.#wait(first + this.#timeoutMs - now);
    // Last, as who is told may begin something else at once.
    for (const each of late) this.#onLate(each);
  }
}
