import {
  catchError,
  concat,
  defer,
  EMPTY,
  ignoreElements,
  lastValueFrom,
  mergeMap,
  type Observable,
  of,
  ReplaySubject,
  scan,
  share,
  takeUntil,
  tap,
} from "rxjs";
import { progressErrorOf } from "../download/progress-error.ts";
import { RootClosedError } from "../errors/root-closed-error.ts";
import type { Download } from "../ports/download.ts";
import type { DownloadOptions } from "../ports/download-options.ts";
import type { DownloadProgress } from "../ports/download-progress.ts";
import type { TileEvent } from "../ports/tile-event.ts";
import type { DownloadableRegion } from "../region/downloadable.ts";
import type { Connection } from "./connection.ts";
import { errorOf } from "./error-message.ts";
import type { DownloadMessage } from "./protocol.ts";
import { recordsOf } from "./read-envelope.ts";

type Start = "downloads.startForeground" | "downloads.repair" | "downloads.update";

interface Connected {
  readonly download: Download;
  /** It is over: its last progress, and, if it has failed, why. */
  readonly end: (progress: DownloadProgress | undefined, failure?: unknown) => void;
  /** It may well go on, but nothing is heard of it any more. */
  readonly lose: (failure: unknown) => void;
}

/** The downloads that the near side knows, by their numbers, until they are over. */
export class ConnectedDownloads {
  readonly #connection: Connection;
  readonly #connected = new Map<number, Connected>();
  #lastRef = 0;

  constructor(connection: Connection) {
    this.#connection = connection;
    connection.over$.subscribe({
      next: ({ ref, progress, error }) => this.#end(ref, progress, error && errorOf(error)),
      error: (failure) => {
        for (const { lose } of this.#connected.values()) lose(failure);
        this.#connected.clear();
      },
    });
  }

  /** Lets the far side start a download. What it refuses, rejects `done`. */
  start(
    name: Start,
    { id, store, region, options }: { id: string; store: string; region: DownloadableRegion; options: DownloadOptions },
  ): Download {
    this.#lastRef += 1;
    const ref = this.#lastRef;
    const download = this.of({ ref, id, store });
    this.#connection
      .call(name, ref, store, region, { ...options, id })
      .catch((failure: unknown) => this.#end(ref, undefined, failure));
    return download;
  }

  /** The same download for the same number, each time. */
  of(message: DownloadMessage): Download {
    const known = this.#connected.get(message.ref);
    if (known !== undefined) return known.download;
    const connected = connect(this.#connection, message);
    this.#connected.set(message.ref, connected);
    return connected.download;
  }

  #end(ref: number, progress: DownloadProgress | undefined, failure?: unknown): void {
    const connected = this.#connected.get(ref);
    this.#connected.delete(ref);
    connected?.end(progress, failure);
  }
}

function connect(connection: Connection, { ref, id, store }: DownloadMessage): Connected {
  /** The last progress, then its completion; an error only if nothing is heard of it any more. */
  const over$ = new ReplaySubject<DownloadProgress>(1);
  const done$ = new ReplaySubject<DownloadProgress>(1);
  let isOver = false;
  const done = lastValueFrom(done$);
  // Who does not ask how it ended is not told by the platform either.
  done.catch(() => {});

  const underWay$ = connection.listen("download.progress", ref).pipe(
    mergeMap(recordsOf),
    // The first one has all the fields.
    scan((before, changes) => ({ ...before, ...changes }), {} as DownloadProgress),
    takeUntil(over$),
  );
  const tiles$ = connection.listen("download.tiles", ref).pipe(
    mergeMap((events): readonly TileEvent[] => recordsOf(events)),
    share(),
  );
  const unlessOver = (go: () => Promise<void>) => async () => {
    if (!isOver) await go();
  };
  return {
    download: {
      id,
      store,
      progress$: failedWhenLost(concat(underWay$, over$)).pipe(
        // Whoever subscribes late has the latest at once, while others listen and when it is over.
        share({ connector: () => new ReplaySubject(1), resetOnComplete: false }),
      ),
      tiles$: defer(() => (isOver ? over$.pipe(ignoreElements()) : tiles$)).pipe(catchError(() => EMPTY)),
      done,
      pause: unlessOver(() => connection.call("download.pause", ref)),
      resume: unlessOver(() => connection.call("download.resume", ref)),
      cancel: unlessOver(() => connection.call("download.cancel", ref)),
    },
    end: (progress, failure) => {
      isOver = true;
      if (progress !== undefined) {
        over$.next(progress);
        done$.next(progress);
      }
      over$.complete();
      if (failure === undefined) done$.complete();
      else done$.error(failure);
    },
    lose: (failure) => {
      over$.error(failure);
      done$.error(failure);
    },
  };
}

/**
 * Progress never errors, so that whoever only draws a bar need not care: when nothing is heard of it any more, the last that is
 * known has failed, for this side. When the root was closed here, it just ends.
 */
function failedWhenLost(progress$: Observable<DownloadProgress>): Observable<DownloadProgress> {
  return defer(() => {
    let last: DownloadProgress | undefined;
    return progress$.pipe(
      tap((progress) => {
        last = progress;
      }),
      catchError((error: unknown) => {
        if (last === undefined || RootClosedError.isInstance(error)) return EMPTY;
        const failed = {
          state: "failed" as const,
          waiting: undefined,
          etaMs: undefined,
          error: progressErrorOf(error),
        };
        return of({ ...last, ...failed });
      }),
    );
  });
}
