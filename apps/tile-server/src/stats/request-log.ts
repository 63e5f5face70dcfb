import type { Outcome } from "../faults/faults.ts";

/** One request for a part of the map. */
export interface LogEntry {
  readonly number: number;
  readonly method: string;
  readonly path: string;
  readonly httpVersion: string;
  /** The n-th connection that the server has accepted. */
  readonly connection: number;
  /** The n-th request for this path since the faults were set. */
  readonly attempt: number;
  readonly ifNoneMatch: string | null;
  readonly ifModifiedSince: string | null;
  readonly latencyMs: number;
  readonly outcome: Outcome | "rate limited" | "offline" | "gone";
  /** Null: none was sent. */
  readonly status: number | null;
  /** Of the body. */
  readonly bytes: number;
}

const MAX_ENTRIES = 100_000;

/** The latest requests, in the order of their answers. */
export class RequestLog {
  #entries: LogEntry[] = [];
  #next = 1;
  readonly #onEntry: (entry: LogEntry) => void;

  constructor(onEntry: (entry: LogEntry) => void = () => {}) {
    this.#onEntry = onEntry;
  }

  add(entry: Omit<LogEntry, "number">): void {
    const numbered = { number: this.#next++, ...entry };
    if (this.#entries.length >= MAX_ENTRIES) this.#entries.splice(0, MAX_ENTRIES / 10);
    this.#entries.push(numbered);
    this.#onEntry(numbered);
  }

  get entries(): readonly LogEntry[] {
    return [...this.#entries];
  }

  clear(): void {
    this.#entries = [];
  }
}
