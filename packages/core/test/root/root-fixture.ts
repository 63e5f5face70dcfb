import {
  coverOf,
  type Download,
  type DownloadProgress,
  openRoot,
  type RootOptions,
  rectangle,
  type TileSource,
  type TileStore,
  toDownloadable,
} from "@fmtc/core";
import { openMemoryStore, type ScriptedTransportOptions, scriptedTransport } from "@fmtc/core/testing";
import { expect, vi } from "vitest";

export const topo: TileSource = { id: "topo", url: "https://tiles.example.org/{z}/{x}/{y}", seaTiles: [] };

export const region = toDownloadable(rectangle({ north: 50, south: 40, west: 0, east: 20 }), {
  minZoom: 0,
  maxZoom: 8,
  source: "topo",
});
export const cover = coverOf(region);
export const everyUrl = [...cover].map(({ z, x, y }) => `https://tiles.example.org/${z}/${x}/${y}`);

/** Seeds chance: two roots must not draw the same names. */
let roots = 0;

/** A root in virtual time, on a memory store that has the store `hiking`, with a transport that answers as told. */
export async function openTestRoot({
  answer,
  delayMs,
  ...options
}: Partial<RootOptions> & Pick<ScriptedTransportOptions, "answer" | "delayMs"> = {}) {
  const store = options.store ?? (await openMemoryStore());
  await store.stores.create("hiking");
  const transport = scriptedTransport({ answer, delayMs });
  roots += 1;
  let seed = roots;
  const random = () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  const root = await openRoot({ store, transport, sources: [topo], random, ...options });
  return {
    root,
    store,
    transport,
    asked: () => transport.requests.map(({ url }) => url),
    hiking: root.store("hiking"),
  };
}

/** A download with all that its progress has told. */
export function noted(download: Download) {
  const emissions: DownloadProgress[] = [];
  download.progress$.subscribe({ next: (progress) => emissions.push(progress), error: () => {} });
  return { download, emissions };
}

/** Lets time pass until a promise is settled. */
export async function settled<T>(promise: Promise<T>): Promise<T> {
  let isSettled = false;
  const note = () => {
    isSettled = true;
  };
  promise.then(note, note);
  for (let i = 0; i < 10_000 && !isSettled; i++) await vi.advanceTimersByTimeAsync(100);
  expect(isSettled).toBe(true);
  return promise;
}

/** The tiles of a store by their URLs. */
export async function urlsIn(store: TileStore, name = "hiking"): Promise<string[]> {
  const urls: string[] = [];
  for await (const { z, x, y } of store.tiles.scan({ stores: [name] })) {
    urls.push(`https://tiles.example.org/${z}/${x}/${y}`);
  }
  return urls;
}

/** What must be true of progress at every emission. */
export function expectHonest(emissions: readonly DownloadProgress[]): void {
  let percentage = 0;
  for (const progress of emissions) {
    const { attempted, stored, skipped, failed, retryQueued, max, buffered, flushed } = progress;
    expect(attempted).toBe(stored + skipped + failed + retryQueued);
    expect(attempted).toBeLessThanOrEqual(max);
    expect(buffered + flushed).toBe(stored);
    expect(progress.percentage).toBeGreaterThanOrEqual(percentage);
    percentage = progress.percentage;
  }
}
