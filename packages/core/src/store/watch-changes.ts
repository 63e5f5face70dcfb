import { asyncScheduler, auditTime, buffer, filter, map, type Observable, type SchedulerLike } from "rxjs";
import type { StoreChange } from "../ports/store-change.ts";
import type { TileStore } from "../ports/tile-store.ts";

/** What there is to choose about watching. */
export interface WatchOptions {
  /** Only changes of these stores. Default: all changes. */
  readonly stores?: readonly string[] | undefined;
  /** Only changes of these kinds. Default: all kinds. */
  readonly kinds?: readonly StoreChange["kind"][] | undefined;
  /** How long changes are gathered before they are told. Default: 100. */
  readonly intervalMs?: number | undefined;
  readonly scheduler?: SchedulerLike | undefined;
}

/** What has changed since the last emission. */
export interface StoreChanges {
  readonly kinds: ReadonlySet<StoreChange["kind"]>;
  readonly stores: ReadonlySet<string>;
}

/**
 * Changes of a store, gathered: the first one opens an interval, and its end tells all that came within it. So a view
 * hears of a download that commits all the time, but not of each commit. Completes when the store closes.
 *
 * @example
 * watchChanges(store, { stores: ["hiking"] }).subscribe(() => refreshList());
 */
export function watchChanges(
  { changes$ }: Pick<TileStore, "changes$">,
  { stores, kinds, intervalMs = 100, scheduler = asyncScheduler }: WatchOptions = {},
): Observable<StoreChanges> {
  const wanted$ = changes$.pipe(
    filter((change) => kinds === undefined || kinds.includes(change.kind)),
    filter((change) => stores === undefined || change.stores.some((store) => stores.includes(store))),
  );
  return wanted$.pipe(
    buffer(wanted$.pipe(auditTime(intervalMs, scheduler))),
    filter((changes) => changes.length > 0),
    map((changes) => ({
      kinds: new Set(changes.map(({ kind }) => kind)),
      stores: new Set(changes.flatMap((change) => change.stores)),
    })),
  );
}
