import { type Download, type DownloadProgress, openRoot, type Root, type TileEvent } from "@fmtc/core";
import { openMemoryStore, scriptedTransport } from "@fmtc/core/testing";
import { finalize, ReplaySubject, Subject } from "rxjs";
import { topo } from "../root/root-fixture.ts";

export const progressOf = (changes: Partial<DownloadProgress> = {}): DownloadProgress => ({
  id: "mine",
  state: "running",
  max: 100_000,
  attempted: 0,
  stored: 0,
  skipped: 0,
  failed: 0,
  retryQueued: 0,
  skippedBy: { existing: 0, sea: 0, unmodified: 0, empty: 0 },
  failedBy: { negative: 0, request: 0, invalid: 0 },
  changed: 0,
  gone: 0,
  storedBytes: 0,
  skippedBytes: 0,
  failedBytes: 0,
  buffered: 0,
  flushed: 0,
  percentage: 0,
  elapsedMs: 0,
  tilesPerSecond: 0,
  limit: undefined,
  isRateLimited: false,
  etaMs: undefined,
  waiting: undefined,
  error: undefined,
  ...changes,
});

export const tileEvent = (index: number): TileEvent => ({
  index,
  z: 20,
  x: index,
  y: 0,
  outcome: "stored",
  wasThere: false,
  bytes: 10,
  attempts: 1,
});

/** A root with one download that does what the test says. `released`: somebody has listened to its tiles, and does so no longer. */
export async function rootWithScriptedDownload() {
  const progress$ = new ReplaySubject<DownloadProgress>(1);
  const tiles$ = new Subject<TileEvent>();
  const released = Promise.withResolvers<void>();
  const over = Promise.withResolvers<DownloadProgress>();
  // Without listening, as tests look whether anybody does.
  const complete = progress$.complete.bind(progress$);
  progress$.complete = () => {
    complete();
    over.resolve(progressOf({ state: "completed" }));
  };
  progress$.next(progressOf());
  const download: Download = {
    id: "mine",
    store: "hiking",
    progress$,
    tiles$: tiles$.pipe(finalize(released.resolve)),
    done: over.promise,
    pause: () => new Promise(() => {}),
    resume: async () => {},
    cancel: async () => {},
  };
  const opened = await openRoot({ store: await openMemoryStore(), transport: scriptedTransport(), sources: [topo] });
  const root: Root = { ...opened, downloads: { list: async () => [download], get: async () => download } };
  return { root, progress$, tiles$, released: released.promise };
}
