import { defineBenchmark } from "../../../tools/bench/define-benchmark.ts";
import { inChromium } from "./browser/in-chromium.ts";
import { memory, overhead, startOf } from "./instant.ts";
import { intoSqlite, stallOf } from "./into-sqlite.ts";

const OURS = { name: "startForeground", call: "download" } as const;

export const benchmark = defineBenchmark({
  name: "download",
  title: "Downloads: network into SQLite, and what the engine takes of it",
  libraries: ["undici", "rxjs"],
  cases: [
    intoSqlite({ tiles: 10_000, lanes: 32, delayMs: 0 }, 0.8),
    intoSqlite({ tiles: 10_000, lanes: 256, delayMs: 20 }, 0.95),
    stallOf({ tiles: 20_000, lanes: 32, delayMs: 0 }, 20),
    overhead(100_000, 15),
    startOf(100),
    memory(1_000_000, 1.2),
    inChromium(
      "beside bare fetch",
      { atLeast: 0.9 },
      { name: "fetch(url) and discard, 6 lanes; the browser keeps a copy", call: "discard" },
      OURS,
    ),
    // As our transport fetches, so that what is left between the two is the store, the transport and the engine.
    inChromium(
      "beside fetch that spares the browser's cache",
      { atLeast: 0.8 },
      { name: "fetch(url, no-store) and discard, 6 lanes", call: "discardUncached" },
      OURS,
    ),
    inChromium(
      "beside the least that puts them there",
      { atLeast: 0.8 },
      { name: "a bare loop of fetch and puts, 200 in a transaction", call: "fetchAndPut" },
      OURS,
    ),
    inChromium(
      "in a hidden page",
      { atLeast: 0.8 },
      { name: "visible", call: "download" },
      { name: "hidden", call: "download", isHidden: true },
    ),
    inChromium(
      "in a Web Worker",
      { atLeast: 0.95 },
      { name: "in the page", call: "download" },
      { name: "in a worker", call: "downloadInWorker" },
    ),
  ],
});
