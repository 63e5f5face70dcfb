/** Reports a row, and what of it lies between `left` and `right`, in tiles. */
export type VisitRow = (row: number, left: number, right: number) => void;

/** How far west and east something reaches in each of a run of rows, in tiles. */
export class RowExtents {
  readonly first: number;
  readonly last: number;
  readonly #left: Float64Array;
  readonly #right: Float64Array;

  constructor(first: number, last: number) {
    const size = Math.max(last - first + 1, 0);
    this.first = first;
    this.last = last;
    this.#left = new Float64Array(size).fill(Number.POSITIVE_INFINITY);
    this.#right = new Float64Array(size).fill(Number.NEGATIVE_INFINITY);
  }

  /** Reaches from `left` to `right` at least; rows outside the run are passed over. */
  include(row: number, left: number, right: number): void {
    if (row < this.first || row > this.last) return;
    const i = row - this.first;
    this.#left[i] = Math.min(this.#left[i]!, left);
    this.#right[i] = Math.max(this.#right[i]!, right);
  }

  visit(visit: VisitRow): void {
    for (let i = 0; i < this.#left.length; i++) visit(this.first + i, this.#left[i]!, this.#right[i]!);
  }
}
