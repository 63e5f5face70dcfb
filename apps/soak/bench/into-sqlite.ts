import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BenchmarkCase } from "../../../tools/bench/define-benchmark.ts";
import { messageOf, start } from "../../../tools/bench/processes.ts";
import type { Order, Report } from "./messages.ts";

interface Setting {
  readonly tiles: number;
  /** How many at a time, and so how many connections. */
  readonly lanes: number;
  /** How long the server takes to answer. */
  readonly delayMs: number;
}

/** Network into SQLite: the server in one process, each side in another. */
export function intoSqlite(setting: Setting, goal: number): BenchmarkCase {
  const { lanes, delayMs, tiles } = setting;
  return {
    name: `${tiles.toLocaleString("en")} tiles into SQLite, ${lanes} at a time${delayMs > 0 ? `, ${delayMs} ms away` : ""}`,
    goal: { atLeast: goal },
    baseline: "a bare loop of Pool.dispatch into a thread with node:sqlite",
    candidate: "startForeground",
    prepare: async () => {
      const { baseline, candidate, cleanUp } = await clients(setting);
      return { baseline: async () => (await baseline()).ms, candidate: async () => (await candidate()).ms, cleanUp };
    },
  };
}

/** How long the main thread of a download is not to be had: of each round the longest time. */
export function stallOf(setting: Setting, mostMs: number): BenchmarkCase {
  return {
    name: `the longest stall of the main thread in ${setting.tiles.toLocaleString("en")} tiles, ${setting.lanes} at a time`,
    goal: { atMost: 1 },
    baseline: `${mostMs} ms`,
    candidate: "startForeground",
    measures: "ms",
    prepare: async () => {
      const { candidate, cleanUp } = await clients(setting);
      await candidate();
      return { baseline: () => mostMs, candidate: async () => (await candidate()).longestStallMs, cleanUp };
    },
  };
}

async function clients({ tiles, lanes, delayMs }: Setting) {
  const folder = mkdtempSync(join(tmpdir(), "fmtc-bench-"));
  const server = start(new URL("./tile-server.ts", import.meta.url), delayMs);
  const origin = `http://127.0.0.1:${await messageOf<number>(server)}`;
  const bare = start(new URL("./bare-client.ts", import.meta.url), origin, join(folder, "bare.db"), lanes);
  const ours = start(new URL("./fmtc-client.ts", import.meta.url), origin, join(folder, "ours.db"), lanes);
  await Promise.all([messageOf(bare), messageOf(ours)]);
  const client = (child: typeof bare) => {
    let from = 0;
    return () => {
      const order: Order = { from, tiles };
      from += tiles;
      child.send(order);
      return messageOf<Report>(child);
    };
  };
  return {
    baseline: client(bare),
    candidate: client(ours),
    cleanUp: () => {
      for (const child of [bare, ours, server]) child.disconnect();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
