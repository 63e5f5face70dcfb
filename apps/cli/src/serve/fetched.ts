import type { StoredTile } from "@fmtc/core";

/** What has become of asking a source's server for a tile. */
export type Fetched =
  | { readonly kind: "tile"; readonly tile: StoredTile }
  /** There is nothing to see there, by the server's word. */
  | { readonly kind: "empty" }
  | Unfetched;

export interface Unfetched {
  readonly kind: "unfetched";
  readonly status: 404 | 502 | 503 | 504;
  /** For those who ask. */
  readonly sentence: string;
  /** In how long it may be worth to ask again. */
  readonly retryAfterMs?: number | undefined;
}

export function unfetched(status: Unfetched["status"], sentence: string, retryAfterMs?: number): Unfetched {
  return { kind: "unfetched", status, sentence, retryAfterMs };
}
