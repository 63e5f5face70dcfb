/** The rate of long ago counts for half after this. */
const HALF_LIFE_MS = 3_000;

/**
 * Tiles a second, of late rather than of old. It begins as the plain average of the time there has been, as nothing before it
 * is known: an average that took its first moment for all that came before would be off by it for seconds.
 */
export class SmoothedRate {
  #since: number;
  #from: number;
  #sum = 0;
  /** The weights of all that is in the sum, together: towards 1 as time goes by. */
  #weight = 0;

  constructor(now: number, count: number) {
    this.#since = now;
    this.#from = count;
  }

  get perSecond(): number {
    return this.#weight === 0 ? 0 : this.#sum / this.#weight;
  }

  /** So many there are now. */
  measure(now: number, count: number): void {
    const time = now - this.#since;
    if (time <= 0) return;
    const kept = 0.5 ** (time / HALF_LIFE_MS);
    const rate = ((count - this.#from) / time) * 1_000;
    this.#sum = this.#sum * kept + rate * (1 - kept);
    this.#weight = this.#weight * kept + (1 - kept);
    this.skip(now, count);
  }

  /** What has been since does not count, as a pause. */
  skip(now: number, count: number): void {
    this.#since = now;
    this.#from = count;
  }
}
