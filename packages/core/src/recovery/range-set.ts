/**
 * A set of whole numbers from 0 on, kept as ranges: what a download is done with, by place in its cover. Lanes finish out
 * of order, but never far apart, so there are few ranges, and adding to the last one is all that usually happens.
 */
export class RangeSet {
  /** First, end, first, end, …: ends are not included; ranges ascend and neither touch nor overlap. */
  readonly #bounds: number[];
  #size = 0;

  /** `ranges` as `toRanges` gives them; they are copied. */
  constructor(ranges: readonly number[] = []) {
    this.#bounds = [...ranges];
    for (let i = 0; i < ranges.length; i += 2) this.#size += (ranges[i + 1] ?? 0) - (ranges[i] ?? 0);
  }

  /** How many numbers there are. */
  get size(): number {
    return this.#size;
  }

  has(number: number): boolean {
    return this.#boundsAtMost(number) % 2 === 1;
  }

  /** Adds the numbers from `start` to `end`, without the end: one number, if none is given. */
  add(start: number, end: number = start + 1): void {
    if (start >= end) return;
    const bounds = this.#bounds;
    // From the range that holds or touches the start to the one that holds or touches the end, all become one.
    const first = this.#boundsAtMost(start - 1) & ~1;
    const past = (this.#boundsAtMost(end) + 1) & ~1;
    let low = start;
    let high = end;
    for (let i = first; i < past; i += 2) {
      low = Math.min(low, bounds[i] ?? low);
      high = Math.max(high, bounds[i + 1] ?? high);
      this.#size -= (bounds[i + 1] ?? 0) - (bounds[i] ?? 0);
    }
    this.#size += high - low;
    bounds.splice(first, past - first, low, high);
  }

  /** The first number from `from` on that is not in the set. */
  nextMissing(from: number): number {
    const before = this.#boundsAtMost(from);
    return before % 2 === 1 ? (this.#bounds[before] ?? from) : from;
  }

  /** Plain data: first, end, first, end, … */
  toRanges(): number[] {
    return [...this.#bounds];
  }

  /** How many bounds are `number` or less: odd within a range, as its first is and its end is not. */
  #boundsAtMost(number: number): number {
    const bounds = this.#bounds;
    let low = 0;
    let high = bounds.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((bounds[middle] ?? 0) <= number) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
