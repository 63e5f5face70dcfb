/** What a client of the benchmark is told to do: get so many tiles from a place in the region on. */
export interface Order {
  readonly from: number;
  readonly tiles: number;
}

/** What it took. */
export interface Report {
  readonly ms: number;
  /** The longest that its main thread was not to be had. */
  readonly longestStallMs: number;
}
