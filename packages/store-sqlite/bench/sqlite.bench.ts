import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import type { TileWrite } from "@fmtc/core";
import { type Benchmark, type BenchmarkCase, defineBenchmark } from "../../../tools/bench/define-benchmark.ts";
import { openSqliteStore, type SqliteStore } from "../src/index.ts";
import { openBare } from "./bare-sqlite.ts";
import { tileSupply } from "./tile-supply.ts";

const BATCH = 200;
const COLUMNS = 1000;

export interface Sizes {
  /** Batches of a sample of commits. */
  readonly batches: number;
  /** Tiles of the database that is read, and reads of a sample. */
  readonly tiles: number;
  readonly reads: number;
  /** Tiles of the big store. */
  readonly bigStore: number;
}

export function sqliteBenchmark({ batches, tiles, reads, bigStore }: Sizes): Benchmark {
  const commits = (worker: boolean, transfer: boolean): BenchmarkCase => ({
    name: `commit: ${BATCH} tiles of 8 KB, ${worker ? "in a thread" : "in this thread"}${transfer ? ", transferred" : ""}`,
    goal: { atMost: 1.3 },
    baseline: "bare node:sqlite, one table, one statement",
    candidate: "commit",
    measures: "ms per 1000 tiles",
    prepare: async ({ random }) => {
      const { folder, remove } = benchFolder();
      const bare = openBare(join(folder, "bare.db"));
      const store = await openSqliteStore(join(folder, "store.db"), { worker });
      await store.stores.create("a");
      const [forBare, forStore] = [tileSupply(random), tileSupply(random)];
      const perThousand = (ms: number) => (ms / (batches * BATCH)) * 1000;
      return {
        baseline: () => {
          const supply = suppliedBy(forBare, batches);
          const start = performance.now();
          for (const batch of supply) bare.insert(batch);
          return perThousand(performance.now() - start);
        },
        candidate: async () => {
          const supply = suppliedBy(forStore, batches);
          const start = performance.now();
          await commitAll(store, supply, transfer);
          return perThousand(performance.now() - start);
        },
        cleanUp: async () => {
          bare.close();
          await store.close();
          remove();
        },
      };
    },
  });

  return defineBenchmark({
    name: "sqlite",
    title: "Tiles in SQLite",
    cases: [
      commits(true, false),
      commits(true, true),
      commits(false, false),
      {
        name: "read: a random tile, median",
        goal: { atMost: 1.5 },
        baseline: "bare SELECT of one table",
        candidate: "tiles.read",
        measures: "µs",
        prepare: async ({ random }) => {
          const { folder, remove } = benchFolder();
          const bare = openBare(join(folder, "bare.db"));
          const store = await openSqliteStore(join(folder, "store.db"));
          await store.stores.create("a");
          const [forBare, forStore] = [tileSupply(random), tileSupply(random)];
          for (let i = 0; i < tiles; i += BATCH) {
            bare.insert(forBare(BATCH));
            await store.commit({ store: "a", tiles: forStore(BATCH) });
          }
          return {
            baseline: async () =>
              quantile(await latencies(reads, () => bare.select(Math.floor(random() * tiles))), 0.5),
            candidate: async () =>
              quantile(await latencies(reads, () => store.tiles.read(keyAt(Math.floor(random() * tiles)))), 0.5),
            cleanUp: async () => {
              bare.close();
              await store.close();
              remove();
            },
          };
        },
      },
      {
        name: "read: a random tile while commits run at full speed, the slowest of 100",
        goal: { atMost: 5 },
        baseline: "nothing else runs",
        candidate: "a thread commits",
        measures: "µs",
        prepare: async ({ random }) => {
          const { folder, remove } = benchFolder();
          const store = await openSqliteStore(join(folder, "store.db"));
          await store.stores.create("a");
          const supply = tileSupply(random);
          for (let i = 0; i < tiles; i += BATCH) await store.commit({ store: "a", tiles: supply(BATCH) });
          const read = () => store.tiles.read(keyAt(Math.floor(random() * tiles)));
          return {
            baseline: async () => quantile(await latencies(reads, read, setImmediate), 0.99),
            candidate: async () => {
              const batch = suppliedBy(supply, batches);
              let isDone = false;
              const committed = commitAll(store, batch, false).finally(() => {
                isDone = true;
              });
              const taken: number[] = [];
              while (!isDone) taken.push(...(await latencies(10, read, setImmediate)));
              await committed;
              return quantile(taken, 0.99);
            },
            cleanUp: async () => {
              await store.close();
              remove();
            },
          };
        },
      },
      {
        name: `commit: the longest that the event loop stands still`,
        goal: { atMost: 0.7 },
        baseline: "written in this thread",
        candidate: "written in a thread",
        measures: "ms",
        prepare: async ({ random }) => {
          const { folder, remove } = benchFolder();
          const direct = await openSqliteStore(join(folder, "direct.db"), { worker: false });
          const threaded = await openSqliteStore(join(folder, "threaded.db"));
          for (const store of [direct, threaded]) await store.stores.create("a");
          const supply = tileSupply(random);
          const stall = async (store: SqliteStore) => {
            const batch = suppliedBy(supply, batches);
            return longestStall(() => commitAll(store, batch, false));
          };
          return {
            baseline: () => stall(direct),
            candidate: () => stall(threaded),
            cleanUp: async () => {
              await direct.close();
              await threaded.close();
              remove();
            },
          };
        },
      },
      ...[true, false].map(
        (worker): BenchmarkCase => ({
          name: `open and close: ${bigStore.toLocaleString("en")} tiles${worker ? "" : ", in this thread"}`,
          goal: { atMost: 2 },
          baseline: "an empty database",
          candidate: "the big one",
          prepare: async () => {
            const { folder, remove } = benchFolder();
            await fillWithSmallTiles(join(folder, "big.db"), bigStore);
            await fillWithSmallTiles(join(folder, "empty.db"), 0);
            const open = async (name: string) => (await openSqliteStore(join(folder, name), { worker })).close();
            return { baseline: () => open("empty.db"), candidate: () => open("big.db"), cleanUp: remove };
          },
        }),
      ),
      {
        name: `stats: of a store with ${bigStore.toLocaleString("en")} tiles, and of its database`,
        goal: { atMost: 1.5 },
        baseline: "of an empty one",
        candidate: "of the big one",
        prepare: async () => {
          const { folder, remove } = benchFolder();
          const [bigPath, emptyPath] = [join(folder, "big.db"), join(folder, "empty.db")];
          await fillWithSmallTiles(bigPath, bigStore);
          await fillWithSmallTiles(emptyPath, 0);
          const big = await openSqliteStore(bigPath);
          const empty = await openSqliteStore(emptyPath);
          const stats = async (store: SqliteStore) => [await store.stores.stats("a"), await store.stats()];
          return {
            baseline: () => stats(empty),
            candidate: () => stats(big),
            cleanUp: async () => {
              await big.close();
              await empty.close();
              remove();
            },
          };
        },
      },
    ],
  });
}

export const benchmark = sqliteBenchmark({ batches: 20, tiles: 40_000, reads: 2_000, bigStore: 1_000_000 });

/** Batches of tiles, and none of the garbage that making them has left. */
function suppliedBy(supply: (count: number) => TileWrite[], batches: number): TileWrite[][] {
  const supplied = Array.from({ length: batches }, () => supply(BATCH));
  globalThis.gc?.();
  return supplied;
}

/** Two commits are under way at any time, as a download has it: one is written while the next one fills. */
async function commitAll(store: SqliteStore, supply: readonly TileWrite[][], transfer: boolean): Promise<void> {
  let before: Promise<void> | undefined;
  for (const tiles of supply) {
    const commit = store.commit({ store: "a", tiles, pinned: true, transfer });
    await before;
    before = commit;
  }
  await before;
}

/** How long each of so many calls took, in microseconds, with a pause between two. */
async function latencies(count: number, call: () => unknown, pause?: () => Promise<unknown>): Promise<number[]> {
  const taken: number[] = [];
  for (let i = 0; i < count; i++) {
    const start = performance.now();
    const result = call();
    if (result instanceof Promise) await result;
    taken.push((performance.now() - start) * 1000);
    await pause?.();
  }
  return taken;
}

/** The longest time between two turns of the event loop while `work` goes on. */
async function longestStall(work: () => Promise<unknown>): Promise<number> {
  let isDone = false;
  const done = work().finally(() => {
    isDone = true;
  });
  let longest = 0;
  while (!isDone) {
    const start = performance.now();
    await setImmediate();
    longest = Math.max(longest, performance.now() - start);
  }
  await done;
  return longest;
}

async function fillWithSmallTiles(path: string, count: number): Promise<void> {
  const store = await openSqliteStore(path, { worker: false });
  await store.stores.create("a");
  for (let begin = 0; begin < count; begin += 10_000) {
    const tiles = Array.from({ length: Math.min(10_000, count - begin) }, (_, i) => ({
      ...keyAt(begin + i),
      bytes: new Uint8Array(new Float64Array([begin + i, 1, 2, 3]).buffer),
      storedAt: begin + i,
    }));
    await store.commit({ store: "a", tiles, pinned: true });
  }
  await store.close();
}

function keyAt(place: number) {
  return { source: "topo", z: 20, x: place % COLUMNS, y: Math.floor(place / COLUMNS) };
}

function quantile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) * share)] ?? 0;
}

function benchFolder() {
  const folder = mkdtempSync(join(tmpdir(), "fmtc-bench-"));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
