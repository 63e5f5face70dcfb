import { catchError, EMPTY, filter, map, type Observable, type SchedulerLike } from "rxjs";
import { isFinal } from "../download/reporter.ts";
import type { DownloadProgress } from "../ports/download-progress.ts";
import type { TileEvent } from "../ports/tile-event.ts";
import type { Root } from "../root/root.ts";
import type { StoreChanges } from "../store/watch-changes.ts";
import { type Pace, paced } from "./paced.ts";
import { changesOf, gatherProgress } from "./progress-changes.ts";
import type { RecoverableMessage, RemoteStreams } from "./protocol.ts";
import { withoutFunctions } from "./served-calls.ts";
import type { ServedDownloads } from "./served-downloads.ts";

/** What the near side may listen to. `taken$` emits whenever it has taken what was emitted. */
export type ServedStreams = {
  readonly [N in keyof RemoteStreams]: (
    taken$: Observable<unknown>,
    ...args: Parameters<RemoteStreams[N]>
  ) => Observable<ReturnType<RemoteStreams[N]>>;
};

const MOST_TILES = 10_000;

const tiles: Pace<TileEvent, TileEvent[]> = {
  gather: (waiting = [], event) => {
    waiting.push(event);
    // Rarely, as it moves all the others.
    if (waiting.length >= 2 * MOST_TILES) waiting.splice(0, MOST_TILES);
    return waiting;
  },
  window: 2,
  intervalMs: 10,
};

const progress: Pace<DownloadProgress, readonly DownloadProgress[]> = { gather: gatherProgress, window: 8 };

const changes: Pace<StoreChanges, StoreChanges> = {
  gather: (waiting, { kinds, stores }) => ({
    kinds: new Set([...(waiting?.kinds ?? []), ...kinds]),
    stores: new Set([...(waiting?.stores ?? []), ...stores]),
  }),
  window: 1,
};

const lists: Pace<readonly RecoverableMessage[], readonly RecoverableMessage[]> = {
  gather: (_waiting, list) => list,
  window: 1,
};

export function servedStreams(root: Root, downloads: ServedDownloads, scheduler: SchedulerLike): ServedStreams {
  return {
    "root.changes": (taken$) => paced(root.changes$, changes, taken$, scheduler),
    "store.changes": (taken$, store) => paced(root.store(store).changes$, changes, taken$, scheduler),
    "recovery.changes": (taken$) => {
      const lists$ = root.recovery.changes$.pipe(map((list) => list.map(withoutFunctions)));
      return paced(lists$, lists, taken$, scheduler);
    },
    "download.progress": (taken$, ref) => {
      const progress$ = downloads.get(ref)?.progress$ ?? EMPTY;
      // How it ends, `over` tells.
      const underWay$ = progress$.pipe(
        filter(({ state }) => !isFinal(state)),
        catchError(() => EMPTY),
      );
      return paced(underWay$, progress, taken$, scheduler).pipe(asChanges());
    },
    "download.tiles": (taken$, ref) => paced(downloads.get(ref)?.tiles$ ?? EMPTY, tiles, taken$, scheduler),
  };
}

/** Each progress as what has changed since the one before. */
function asChanges() {
  return (source$: Observable<readonly DownloadProgress[]>): Observable<readonly Partial<DownloadProgress>[]> => {
    let before: DownloadProgress | undefined;
    return source$.pipe(
      map((snapshots) =>
        snapshots.map((snapshot) => {
          const changed = changesOf(snapshot, before);
          before = snapshot;
          return changed;
        }),
      ),
    );
  };
}
