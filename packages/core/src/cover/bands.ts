/**
 * The tiles of one zoom, as bands: runs of rows that have the same spans of columns.
 *
 * Bands follow each other without gaps, north to south (where there is nothing, a band without spans stands).
 * Spans are half-open, apart from each other and in order, west to east. Memory grows with rows, never with tiles.
 */
export interface Bands {
  readonly z: number;
  /** The number of bands. */
  readonly size: number;
  /** Band i has the rows y[i] to y[i + 1]. */
  readonly y: Int32Array;
  /** Band i has the spans first[i] to first[i + 1]. */
  readonly first: Int32Array;
  /** Span s has the columns x[2 s] to x[2 s + 1]. */
  readonly x: Int32Array;
  /** The number of tiles in each row of band i. */
  readonly width: Int32Array;
  /** The number of tiles before band i; before[size] is the number of all. */
  readonly before: Float64Array;
}

/** Collects the rows of one zoom, north to south, into bands. */
export class BandBuilder {
  readonly #z: number;
  readonly #y: number[] = [];
  readonly #first: number[] = [];
  readonly #x: number[] = [];
  #end = 0;

  constructor(z: number) {
    this.#z = z;
  }

  /** Adds the rows y0 to y1, whose spans are the pairs of `x` in `from` to `to`. Rows without spans need not be added. */
  add(y0: number, y1: number, x: ArrayLike<number>, from = 0, to = x.length): void {
    if (y0 >= y1 || from >= to) return;
    const isFirst = this.#y.length === 0;
    if (isFirst || y0 > this.#end || !this.#repeatsLast(x, from, to)) {
      if (!isFirst && y0 > this.#end) this.#begin(this.#end);
      this.#begin(y0);
      for (let i = from; i < to; i++) this.#x.push(x[i]!);
    }
    this.#end = y1;
  }

  build(): Bands {
    const size = this.#y.length;
    this.#begin(this.#end);
    const y = Int32Array.from(this.#y);
    const first = Int32Array.from(this.#first);
    const x = Int32Array.from(this.#x);
    const width = new Int32Array(size);
    const before = new Float64Array(size + 1);
    for (let i = 0; i < size; i++) {
      let tiles = 0;
      for (let s = first[i]!; s < first[i + 1]!; s++) tiles += x[2 * s + 1]! - x[2 * s]!;
      width[i] = tiles;
      before[i + 1] = before[i]! + tiles * (y[i + 1]! - y[i]!);
    }
    return { z: this.#z, size, y, first, x, width, before };
  }

  #begin(y: number): void {
    this.#y.push(y);
    this.#first.push(this.#x.length / 2);
  }

  #repeatsLast(x: ArrayLike<number>, from: number, to: number): boolean {
    const start = 2 * this.#first[this.#first.length - 1]!;
    if (this.#x.length - start !== to - from) return false;
    for (let i = 0; i < to - from; i++) if (this.#x[start + i] !== x[from + i]) return false;
    return true;
  }
}

/** The number of tiles. */
export function countOf(bands: Bands): number {
  return bands.before[bands.size]!;
}

/** The last i < size with values[i] ≤ value, where values ascend; −1 if there is none. */
export function lastAtMost(values: ArrayLike<number>, size: number, value: number): number {
  let low = -1;
  let high = size - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (values[middle]! <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}
