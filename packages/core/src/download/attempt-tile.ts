import { Observable, of, type SchedulerLike } from "rxjs";
import type { TileInfo } from "../ports/tile.ts";
import type { Transport } from "../ports/transport.ts";
import { Asking } from "./asking.ts";
import { type Attempt, eventOf } from "./attempt.ts";
import type { HostGate } from "./host-gate.ts";
import type { FoundSea } from "./sea.ts";
import type { TokenBucket } from "./token-bucket.ts";
import type { Work } from "./work-list.ts";

export interface AttemptContext {
  readonly transport: Transport;
  readonly gate: HostGate;
  readonly bucket: TokenBucket | undefined;
  readonly scheduler: SchedulerLike;
  /** Uniform in [0, 1). */
  readonly chance: () => number;
  readonly urlOf: (tile: Work["key"]) => string;
  readonly headers: Readonly<Record<string, string>>;
  readonly isSea: (bytes: Uint8Array) => boolean;
  /** Absent: every tile is asked for, sea or not. */
  readonly foundSea?: FoundSea | undefined;
  readonly lanes: number;
  /** How often a tile is asked for before it is postponed. */
  readonly attempts: number;
  readonly maxTileBytes: number;
  /** Whether what the database has of a tile is good enough not to ask for it. */
  readonly isGoodEnough: (info: TileInfo, now: number) => boolean;
  /** How long a tile is good at the least, whatever the server says of it. */
  readonly minCacheMs: number;
  /** Those that ask for a tile at the moment, for whoever stops them. */
  readonly asking: Set<Asking>;
}

/**
 * Tries to get a tile, and tries again after a while if that may help. Emits each attempt; the last one is final, or
 * postpones the tile. If it is stopped in between, it emits no last one, calls `onStopped`, and completes.
 */
export function attemptTile(work: Work, context: AttemptContext, onStopped: () => void): Observable<Attempt> {
  const { info } = work;
  if (info !== undefined && context.isGoodEnough(info, context.scheduler.now())) {
    // It may be another store's, or browse caching's: from now on it is this download's too.
    const write = { ...work.key, storedAt: info.storedAt };
    return of({ work, event: eventOf(work, 0, { outcome: "skipped", reason: "existing" }), write });
  }
  if (context.foundSea?.holds(work.key) === true) {
    return of({ work, event: eventOf(work, 0, { outcome: "skipped", reason: "sea" }) });
  }
  return new Observable((subscriber) => new Asking(work, context, onStopped, subscriber).begin());
}
