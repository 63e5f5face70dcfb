import { type BenchmarkCase, defineBenchmark } from "../../../tools/bench/define-benchmark.ts";
import { sidesInChromium } from "./chromium-page.ts";

/** A case of `page.ts`, which runs in Chromium and measures itself there. */
const inPage = (key: string, rest: Omit<BenchmarkCase, "measures" | "prepare">): BenchmarkCase => ({
  ...rest,
  measures: "ms",
  prepare: () => sidesInChromium(key),
});

export const benchmark = defineBenchmark({
  name: "idb",
  title: "Tiles in IndexedDB, in a real Chromium",
  libraries: ["idb", "leaflet.offline"],
  cases: [
    inPage("commit", {
      name: "commit: 1,000 tiles of 8 KB, 200 at a time",
      goal: { atMost: 1.3 },
      baseline: "idb, one object store, relaxed",
      candidate: "commit",
    }),
    inPage("leafletOffline", {
      name: "commit: the same against a transaction for each tile",
      goal: { atLeast: 5 },
      baseline: "leaflet.offline saveTile, 50 at once",
      candidate: "commit",
    }),
    inPage("readOne", {
      name: "read: 200 tiles at random, one after the other",
      goal: { atMost: 2 },
      baseline: "idb get",
      candidate: "tiles.read",
    }),
    inPage("readView", {
      name: "read: the 30 tiles of a map's view, ten times",
      goal: { atMost: 1.3 },
      baseline: "idb get for each",
      candidate: "tiles.read for each",
    }),
    inPage("has", {
      name: "has: 5,000 tiles",
      goal: { atLeast: 5 },
      baseline: "idb getKey, one transaction",
      candidate: "tiles.has",
    }),
    inPage("open", {
      name: "open, stats, close: 1,000,000 tiles, twenty times",
      goal: { atMost: 2 },
      baseline: "no tile",
      candidate: "1,000,000 tiles",
    }),
  ],
});
