import type { Outcome } from "../faults/faults.ts";

/** What became of a request. */
export interface RequestEnding {
  /** The n-th request for this part of the map since the faults were set; 0 for anything else. */
  readonly attempt: number;
  readonly latencyMs: number;
  /** "ok": the answer given without faults, whatever its status. "gone": the client left before it was complete. */
  readonly outcome: Outcome | "rate limited" | "offline" | "gone";
  /** Null: none was sent. */
  readonly status: number | null;
  /** Of the body, as far as they were handed over to the system. */
  readonly bytes: number;
}

/** One request, but for those to the control endpoint. */
export interface LogEntry extends RequestEnding {
  readonly number: number;
  readonly method: string;
  /** Without a query, but for WMS. */
  readonly path: string;
  readonly httpVersion: string;
  /** The n-th connection that the server has accepted. */
  readonly connection: number;
  readonly ifNoneMatch: string | null;
  readonly ifModifiedSince: string | null;
}

const MAX_ENTRIES = 100_000;

/** The latest requests, in the order in which they ended. */
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
