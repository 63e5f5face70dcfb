/** What became of the requests for one part of the map. */
interface PathStats {
  readonly requests: number;
  /** With `If-None-Match` or `If-Modified-Since`. */
  readonly conditional: number;
  /** Answered as they should be, with a body if one was asked for. */
  readonly ok: number;
  readonly notModified: number;
  /** Answered with a fault, or not at all. */
  readonly faulty: number;
  /** Bytes of bodies, as far as they were sent. */
  readonly bytes: number;
}

export interface StatsReport {
  readonly total: PathStats;
  /** Requests for anything else: styles, fonts, and what does not exist. Those for the control endpoint do not count. */
  readonly others: number;
  readonly connections: number;
  /** By path. */
  readonly tiles: Readonly<Record<string, PathStats>>;
  /** Requests that are in the total only, as there were too many paths. */
  readonly uncounted: number;
}

export type AnswerKind = "ok" | "notModified" | "faulty";

type Counter = { -readonly [Key in keyof PathStats]: PathStats[Key] };

const MAX_PATHS = 1_000_000;

/** Counts requests by path, so that tests can prove what was fetched and what was not. */
export class Stats {
  #total = emptyCounter();
  #byPath = new Map<string, Counter>();
  #others = 0;
  #connections = 0;
  #uncounted = 0;

  countRequest(path: string, isConditional: boolean): void {
    this.#total.requests++;
    if (isConditional) this.#total.conditional++;
    const counter = this.#counterOf(path);
    if (counter === undefined) return;
    counter.requests++;
    if (isConditional) counter.conditional++;
  }

  countAnswer(path: string, kind: AnswerKind, bytes: number): void {
    this.#total[kind]++;
    this.#total.bytes += bytes;
    const counter = this.#byPath.get(path);
    if (counter === undefined) return;
    counter[kind]++;
    counter.bytes += bytes;
  }

  countOther(): void {
    this.#others++;
  }

  countConnection(): void {
    this.#connections++;
  }

  report(): StatsReport {
    return {
      total: { ...this.#total },
      others: this.#others,
      connections: this.#connections,
      tiles: Object.fromEntries([...this.#byPath].map(([path, counter]) => [path, { ...counter }])),
      uncounted: this.#uncounted,
    };
  }

  reset(): void {
    this.#total = emptyCounter();
    this.#byPath = new Map();
    this.#others = 0;
    this.#connections = 0;
    this.#uncounted = 0;
  }

  #counterOf(path: string): Counter | undefined {
    const known = this.#byPath.get(path);
    if (known !== undefined) return known;
    if (this.#byPath.size >= MAX_PATHS) {
      this.#uncounted++;
      return undefined;
    }
    const counter = emptyCounter();
    this.#byPath.set(path, counter);
    return counter;
  }
}

function emptyCounter(): Counter {
  return { requests: 0, conditional: 0, ok: 0, notModified: 0, faulty: 0, bytes: 0 };
}
