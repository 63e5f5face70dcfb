import { Observable, of } from "rxjs";
import { Asking } from "./asking.ts";
import { type Attempt, eventOf } from "./attempt.ts";
import type { AttemptContext } from "./attempt-context.ts";
import type { Work } from "./work-list.ts";

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
