/**
 * Lets through so many a second, evenly, and makes up for at most one second in which too few came. Everyone who asks is
 * given a time of his own, so lanes that share it never crowd.
 */
export class TokenBucket {
  readonly perSecond: number;
  /** The time of the next token. */
  #next: number | undefined;

  constructor(perSecond: number) {
    this.perSecond = perSecond;
  }

  /** Takes the next token, and returns how many milliseconds after `now` it may be used. */
  take(now: number): number {
    const interval = 1000 / this.perSecond;
    const time = this.#next === undefined ? now : Math.max(this.#next, now - 1000 + interval);
    this.#next = time + interval;
    return Math.max(0, time - now);
  }

  /** Gives back a token that was taken and not used. */
  giveBack(): void {
    if (this.#next !== undefined) this.#next -= 1000 / this.perSecond;
  }
}
