import {
  type DownloadableRegion,
  openRoot,
  type RootStore,
  rectangle,
  type TileStore,
  toDownloadable,
} from "@fmtc/core";
import { openMemoryStore, tileResponse } from "@fmtc/core/testing";
import { of } from "rxjs";
import type { BenchmarkCase } from "../../../tools/bench/define-benchmark.ts";

/** A transport that answers at once, so that nothing is left but the engine. */
function instantTransport() {
  const { body, ...response } = tileResponse("x".repeat(500), { "cache-control": "max-age=60", etag: '"1"' });
  return { request: () => of({ ...response, body: body.slice() }), close: async () => {} };
}

const world = rectangle({ north: 85, south: -85, west: -180, east: 180 });
const part = (maxZoom: number, end?: number): DownloadableRegion =>
  toDownloadable(world, { minZoom: 0, maxZoom, source: "instant", end });

async function openInstant(store: TileStore): Promise<RootStore> {
  await store.stores.create("bench");
  const sources = [{ id: "instant", url: "https://tiles.example.org/{z}/{x}/{y}", seaTiles: [] }];
  return (await openRoot({ store, transport: instantTransport(), sources })).store("bench");
}

/** What the engine and the memory store take for a tile. */
export function overhead(tiles: number, mostMicroseconds: number): BenchmarkCase {
  return {
    name: "the engine alone: an instant transport into the memory store",
    goal: { atMost: 1 },
    baseline: `${mostMicroseconds} µs a tile`,
    candidate: "startForeground",
    measures: "µs a tile",
    prepare: async () => {
      const store = await openInstant(await openMemoryStore());
      const run = async () => {
        await store.manage.reset();
        const begun = performance.now();
        await store.download.startForeground(part(12, tiles)).done;
        return ((performance.now() - begun) / tiles) * 1_000;
      };
      await run();
      return { baseline: () => mostMicroseconds, candidate: run };
    },
  };
}

/** From the call to the first tile. */
export function startOf(mostMs: number): BenchmarkCase {
  const region = part(15);
  return {
    name: "to the first tile of 1,400,000,000",
    goal: { atMost: 1 },
    baseline: `${mostMs} ms`,
    candidate: "startForeground",
    measures: "ms",
    prepare: async () => {
      const store = await openInstant(await openMemoryStore());
      return {
        baseline: () => mostMs,
        candidate: async () => {
          const begun = performance.now();
          const download = store.download.startForeground(region);
          await new Promise((resolve) => download.tiles$.subscribe(resolve));
          const ms = performance.now() - begun;
          await download.cancel();
          await store.manage.reset();
          return ms;
        },
      };
    },
  };
}

/** Whether a download ten times as long needs more memory. */
export function memory(tiles: number, most: number): BenchmarkCase {
  return {
    name: `the heap's peak over ${tiles.toLocaleString("en")} tiles`,
    goal: { atMost: most },
    baseline: `over the first ${(tiles / 10).toLocaleString("en")}`,
    candidate: "over all",
    measures: "MB",
    prepare: async () => {
      const store = await openInstant(await forgetfulStore());
      const peak = async (end: number) => {
        let most = 0;
        let seen = 0;
        const before = usedHeap();
        const download = store.download.startForeground(part(12, end));
        download.tiles$.subscribe(() => {
          seen += 1;
          if (seen % 20_000 === 0) most = Math.max(most, usedHeap());
        });
        await download.done;
        // What the program takes by itself is on both sides, so that a few kilobytes do not count as a growth.
        return (most - Math.min(before, most) + BASE_BYTES) / 1e6;
      };
      await peak(tiles / 10);
      return { baseline: () => peak(tiles / 10), candidate: () => peak(tiles) };
    },
  };
}

/** A megabyte: growth below it is noise. */
const BASE_BYTES = 1e6;

function usedHeap(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

/** A store that keeps records and no tiles: a heap that grows is the engine's. */
async function forgetfulStore(): Promise<TileStore> {
  const store = await openMemoryStore();
  return { ...store, commit: (commit) => store.commit({ ...commit, tiles: [] }) };
}
