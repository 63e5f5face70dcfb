import { PendingRequest, type RequestCounts } from "./pending-request.ts";

export interface StatsReport {
  readonly total: RequestCounts;
  /**
   * Requests for anything else: styles, fonts, what does not exist, and methods that are not for the map. Those for the
   * control endpoint do not count.
   */
  readonly others: number;
  readonly connections: number;
  /** By path. */
  readonly tiles: Readonly<Record<string, RequestCounts>>;
  /** Requests that are in the total only, as there were too many paths. */
  readonly uncounted: number;
}

type Counts = { -readonly [Key in keyof RequestCounts]: RequestCounts[Key] };

const MAX_PATHS = 1_000_000;

/** Counts requests by path, so that tests can prove what was fetched and what was not. */
export class Stats {
  #total = noCounts();
  #byPath = new Map<string, Counts>();
  #others = 0;
  #connections = 0;
  #uncounted = 0;

  /** Counts a request that has come. What becomes of it is for the returned one to say, once it is known. */
  countRequest(path: string, isConditional: boolean): PendingRequest {
    const request = new PendingRequest(this.#total, this.#countsOf(path));
    request.begin(isConditional);
    return request;
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
      tiles: Object.fromEntries([...this.#byPath].map(([path, counts]) => [path, { ...counts }])),
      uncounted: this.#uncounted,
    };
  }

  /** Requests that wait for their answers are forgotten, too. */
  reset(): void {
    this.#total = noCounts();
    this.#byPath = new Map();
    this.#others = 0;
    this.#connections = 0;
    this.#uncounted = 0;
  }

  #countsOf(path: string): Counts | undefined {
    const known = this.#byPath.get(path);
    if (known !== undefined) return known;
    if (this.#byPath.size >= MAX_PATHS) {
      this.#uncounted++;
      return undefined;
    }
    const counts = noCounts();
    this.#byPath.set(path, counts);
    return counts;
  }
}

function noCounts(): Counts {
  return { requests: 0, conditional: 0, ok: 0, notModified: 0, faulty: 0, gone: 0, bytes: 0 };
}
