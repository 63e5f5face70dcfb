import { BandBuilder, type Bands } from "./bands.ts";

/** A span as one number that sorts by its start: 24 bits of start and 25 of length fit into a double. */
const LENGTH = 2 ** 25;

/** So many spans are worth to be united before more come. */
const FULL = 2 ** 20;

/** Collects spans of single rows in any order, wraps them around the world, and unites them into bands. */
export class RowCollector {
  readonly #z: number;
  readonly #columns: number;
  readonly #rows: number[] = [];
  readonly #spans: number[] = [];
  /** The last span, unpacked: most spans that follow in its row overlap it, and just widen it. */
  #lastRow = -1;
  #lastStart = 0;
  #lastEnd = 0;
  #additions = 0;
  #limit = FULL;

  constructor(z: number) {
    this.#z = z;
    this.#columns = 2 ** z;
  }

  /** How often something was added: it tells whether a shape had any tiles. */
  get additions(): number {
    return this.#additions;
  }

  /** Adds the tiles of a row that share area with what lies between `left` and `right`, in tiles. */
  addArea(y: number, left: number, right: number): void {
    this.addColumns(y, Math.floor(left), Math.ceil(right));
  }

  /** Adds the columns x0 to x1 of a row; beyond the antimeridian they continue on the other side. */
  addColumns(y: number, x0: number, x1: number): void {
    const columns = this.#columns;
    const length = Math.min(x1 - x0, columns);
    if (length <= 0) return;
    const start = length === columns ? 0 : x0 - Math.floor(x0 / columns) * columns;
    const beyond = Math.max(start + length - columns, 0);
    this.#push(y, start, length - beyond);
    if (beyond > 0) this.#push(y, 0, beyond);
  }

  build(): Bands {
    const builder = new BandBuilder(this.#z);
    const { rows, spans } = byRow(this.#rows, this.#spans);
    const united: number[] = [];
    for (let from = 0, to = 0; from < rows.length; from = to) {
      const y = rows[from]!;
      while (to < rows.length && rows[to] === y) to++;
      if (to - from > 1) spans.subarray(from, to).sort();
      unite(spans, from, to, united);
      builder.add(y, y + 1, united);
    }
    return builder.build();
  }

  #push(y: number, start: number, length: number): void {
    const end = start + length;
    this.#additions++;
    if (y === this.#lastRow && start <= this.#lastEnd && end >= this.#lastStart) {
      this.#lastStart = Math.min(this.#lastStart, start);
      this.#lastEnd = Math.max(this.#lastEnd, end);
      this.#spans[this.#spans.length - 1] = packed(this.#lastStart, this.#lastEnd);
      return;
    }
    this.#lastRow = y;
    this.#lastStart = start;
    this.#lastEnd = end;
    this.#rows.push(y);
    this.#spans.push(packed(start, end));
    if (this.#rows.length >= this.#limit) this.#compact();
  }

  /** Unites what has come so far: the segments of a long corridor overlap, and memory is to grow with rows alone. */
  #compact(): void {
    const { y, first, x, size } = this.build();
    this.#rows.length = 0;
    this.#spans.length = 0;
    this.#lastRow = -1;
    for (let i = 0; i < size; i++) {
      for (let row = y[i]!; row < y[i + 1]!; row++) {
        for (let s = first[i]!; s < first[i + 1]!; s++) {
          this.#rows.push(row);
          this.#spans.push(packed(x[2 * s]!, x[2 * s + 1]!));
        }
      }
    }
    this.#limit = Math.max(FULL, 2 * this.#rows.length);
  }
}

function packed(start: number, end: number): number {
  return start * LENGTH + (end - start);
}

/** Brings rows into order, and their spans with them: a counting sort, unless they came in order. */
function byRow(rows: readonly number[], spans: readonly number[]): { rows: ArrayLike<number>; spans: Float64Array } {
  let top = Number.POSITIVE_INFINITY;
  let bottom = Number.NEGATIVE_INFINITY;
  let isSorted = true;
  for (let i = 0; i < rows.length; i++) {
    if (rows[i]! < bottom) isSorted = false;
    top = Math.min(top, rows[i]!);
    bottom = Math.max(bottom, rows[i]!);
  }
  if (isSorted) return { rows, spans: Float64Array.from(spans) };

  const next = new Int32Array(bottom - top + 2);
  for (const y of rows) next[y - top + 1]!++;
  for (let i = 1; i < next.length; i++) next[i]! += next[i - 1]!;
  const sortedRows = new Int32Array(rows.length);
  const sortedSpans = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const place = next[rows[i]! - top]!++;
    sortedRows[place] = rows[i]!;
    sortedSpans[place] = spans[i]!;
  }
  return { rows: sortedRows, spans: sortedSpans };
}

/** Writes the union of sorted spans into `united`, as pairs. */
function unite(spans: Float64Array, from: number, to: number, united: number[]): void {
  united.length = 0;
  for (let i = from; i < to; i++) {
    const start = Math.floor(spans[i]! / LENGTH);
    const end = start + (spans[i]! % LENGTH);
    const last = united.length - 1;
    if (last < 0 || start > united[last]!) united.push(start, end);
    else if (end > united[last]!) united[last] = end;
  }
}
