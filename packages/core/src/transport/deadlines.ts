import type { SchedulerLike, Subscription } from "rxjs";

/**
 * Tells what has been under way for too long. All have the same time, so the first to begin is the first to be late, and one
 * timer is enough: setting and clearing one for each request is a good part of what a page does to fetch a tile.
 */
export class Deadlines<Late> {
  /** Those that are under way, in the order of their beginnings. No Map, as that would keep alive what has ended (`Roster`). */
  readonly #underWay: { readonly late: Late; since: number }[] = [];
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
    return this.#underWay.map(({ late }) => late);
  }

  begin(each: Late): void {
    this.#underWay.push({ late: each, since: this.#scheduler.now() });
    if (this.#timer === undefined) this.#wait(this.#timeoutMs);
  }

  end(each: Late): void {
    const place = this.#underWay.findIndex(({ late }) => late === each);
    if (place < 0) return;
    this.#underWay.splice(place, 1);
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
    for (const each of this.#underWay) each.since = Math.min(each.since, now);
    const inTime = this.#underWay.findIndex(({ since }) => since + this.#timeoutMs > now);
    const late = this.#underWay.splice(0, inTime < 0 ? this.#underWay.length : inTime);
    const [first] = this.#underWay;
    if (first !== undefined) this.#wait(first.since + this.#timeoutMs - now);
    // Last, as who is told may begin something else at once.
    for (const each of late) this.#onLate(each.late);
  }
}
