/** What is to go wrong, and how often. Shares are of the requests for tiles, from 0 to 1. */
export interface Faults {
  /** The same seed, tile and attempt have the same outcome, whatever happens around them. */
  readonly seed: number;
  readonly latency: Latency;
  /** The share of answers by status: `{ "500": 0.1 }`. */
  readonly errors: Readonly<Record<string, number>>;
  /** The share of requests that end with a connection reset. */
  readonly resets: number;
  /** The share of answers that end half-way through the declared length. */
  readonly truncated: number;
  /** The share of answers that are a page in HTML, with status 200. */
  readonly html: number;
  /** The share of answers that are a picture saying that access is blocked, with status 200. */
  readonly blocked: number;
  /** Bodies that come in drips. */
  readonly drip: { readonly share: number; readonly bytesPerSecond: number } | null;
  readonly rateLimit: RateLimit | null;
  /** Whether connections are refused; the control endpoint's own port is still there. */
  readonly offline: boolean;
  /** Which version of the map is served, and which share of its tiles that version has changed. */
  readonly map: { readonly version: number; readonly changedShare: number };
  /** Outcomes of a path's first attempts, whatever the shares say: `{ "/xyz/0/0/0.png": ["500", "ok"] }`. */
  readonly planned: Readonly<Record<string, readonly Outcome[]>>;
}

/** Fixed; even between two bounds; or log-normal, as that of real networks, with a long tail above the median. */
export type Latency =
  | { readonly ms: number }
  | { readonly minMs: number; readonly maxMs: number }
  | { readonly medianMs: number; readonly sigma: number };

export interface RateLimit {
  readonly perSecond: number;
  /** How many requests may come at once. */
  readonly burst: number;
  readonly retryAfterSeconds: number;
  /** How `Retry-After` says it: both forms are allowed, and clients have to read both. */
  readonly retryAfterAs: "seconds" | "date";
}

/** A status, or what else may become of a request. */
export type Outcome = "ok" | "reset" | "truncate" | "html" | "blocked" | `${number}`;

export const NO_FAULTS: Faults = {
  seed: 1,
  latency: { ms: 0 },
  errors: {},
  resets: 0,
  truncated: 0,
  html: 0,
  blocked: 0,
  drip: null,
  rateLimit: null,
  offline: false,
  map: { version: 1, changedShare: 1 },
  planned: {},
};
