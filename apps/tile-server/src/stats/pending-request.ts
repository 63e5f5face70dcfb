/** What became of the requests for one part of the map. Those that are neither of the last four wait for an answer. */
export interface RequestCounts {
  readonly requests: number;
  /** With `If-None-Match` or `If-Modified-Since`. */
  readonly conditional: number;
  /**
   * Answered as they should be, and the system has taken all of it. That is not to say that the client has it: it may have
   * left. A tile of 98 KB fits into the buffers between the two, so it is `ok` even when nobody ever reads it.
   */
  readonly ok: number;
  /** Answered with 304. */
  readonly notModified: number;
  /** Answered with an error or a fault, or not at all. */
  readonly faulty: number;
  /** The client left before the system had taken all of the answer. */
  readonly gone: number;
  /** Of bodies, as far as they were handed over to the system. */
  readonly bytes: number;
}

export type RequestEnd = "ok" | "notModified" | "faulty" | "gone";

type Counts = { -readonly [Key in keyof RequestCounts]: RequestCounts[Key] };

/** A request that has been counted, and waits for what becomes of it. */
export class PendingRequest {
  readonly #total: Counts;
  /** Absent: there are too many paths. */
  readonly #ofPath: Counts | undefined;
  #isOver = false;

  constructor(total: Counts, ofPath: Counts | undefined) {
    this.#total = total;
    this.#ofPath = ofPath;
  }

  begin(isConditional: boolean): void {
    begun(this.#total, isConditional);
    if (this.#ofPath !== undefined) begun(this.#ofPath, isConditional);
  }

  /** Counts how it ended; what comes after the first time changes nothing. */
  end(how: RequestEnd, bytes: number): void {
    if (this.#isOver) return;
    this.#isOver = true;
    ended(this.#total, how, bytes);
    if (this.#ofPath !== undefined) ended(this.#ofPath, how, bytes);
  }
}

function begun(counts: Counts, isConditional: boolean): void {
  counts.requests++;
  if (isConditional) counts.conditional++;
}

function ended(counts: Counts, how: RequestEnd, bytes: number): void {
  counts[how]++;
  counts.bytes += bytes;
}
