import { openRoot, rectangle, toDownloadable } from "@fmtc/core";
import { openMemoryStore, scriptedTransport } from "@fmtc/core/testing";

/** Some 4,000 tiles: more than are there before somebody has had the time to kill it. */
export const workerRegion = toDownloadable(rectangle({ north: 60, south: 20, west: 0, east: 60 }), {
  minZoom: 0,
  maxZoom: 8,
  source: "topo",
});

/** The root that workers of these tests have: all in memory, each tile a millisecond. */
export async function openWorkerRoot() {
  const store = await openMemoryStore();
  await store.stores.create("hiking");
  return openRoot({
    store,
    transport: scriptedTransport({ delayMs: 1 }),
    sources: [{ id: "topo", url: "https://tiles.example.org/{z}/{x}/{y}", seaTiles: [] }],
  });
}
