import { filter, type MonoTypeOperatorFunction } from "rxjs";
import type { Snapshot } from "./snapshot.ts";

/** Lets the first through, then one each `periodMs` at the most, and at once whatever `isNews` compared to what went through last. */
export function paced(
  periodMs: number,
  isNews: (next: Snapshot, last: Snapshot) => boolean,
): MonoTypeOperatorFunction<Snapshot> {
  return (snapshots$) => {
    let last: Snapshot | undefined;
    return snapshots$.pipe(
      filter((next) => {
        const goes = last === undefined || next.now - last.now >= periodMs || isNews(next, last);
        if (goes) last = next;
        return goes;
      }),
    );
  };
}
