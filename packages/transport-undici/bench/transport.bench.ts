import type { ChildProcess } from "node:child_process";
import { type BenchmarkCase, defineBenchmark, type Goal } from "../../../tools/bench/define-benchmark.ts";
import { messageOf, start } from "../../../tools/bench/processes.ts";

interface Setting {
  readonly tiles: number;
  /** How many at a time, and so how many connections. */
  readonly lanes: number;
  /** How long the server takes to answer. */
  readonly delayMs: number;
}

const SERVER = new URL("./canned-server.ts", import.meta.url);
const CLIENT = new URL("./client.ts", import.meta.url);

/**
 * Each side has a process of its own, so that neither pays for the other's garbage: 8 KB a tile beside the heap makes
 * the collector work in a way that depends on all that the process did before.
 */
async function sidesOf(baseline: "dispatch" | "fetch", { tiles, lanes, delayMs }: Setting) {
  const server = start(SERVER, delayMs);
  const origin = `http://127.0.0.1:${await messageOf(server)}`;
  const sides = [start(CLIENT, baseline, lanes, origin), start(CLIENT, "transport", lanes, origin)] as const;
  const runOn = (side: ChildProcess) => () => {
    side.send(tiles);
    return messageOf(side);
  };
  return {
    baseline: runOn(sides[0]),
    candidate: runOn(sides[1]),
    cleanUp: () => {
      for (const child of [...sides, server]) child.disconnect();
    },
  };
}

function against(baseline: "dispatch" | "fetch", goal: Goal, setting: Setting): BenchmarkCase {
  const { lanes, delayMs } = setting;
  return {
    name: `${lanes} at a time${delayMs > 0 ? `, ${delayMs} ms away` : ""}${baseline === "fetch" ? ", beside fetch" : ""}`,
    goal,
    baseline: baseline === "fetch" ? "fetch" : "bare Pool.dispatch",
    candidate: "the transport",
    prepare: () => sidesOf(baseline, setting),
  };
}

export const benchmark = defineBenchmark({
  name: "transport",
  title: "Fetching tiles of 8 KB in Node, from a server in another process",
  libraries: ["undici"],
  cases: [
    against("dispatch", { atMost: 1.25 }, { tiles: 4_000, lanes: 5, delayMs: 0 }),
    against("dispatch", { atMost: 1.25 }, { tiles: 4_000, lanes: 32, delayMs: 0 }),
    against("dispatch", { atMost: 1.25 }, { tiles: 4_000, lanes: 256, delayMs: 20 }),
    against("fetch", { atLeast: 3 }, { tiles: 2_000, lanes: 32, delayMs: 0 }),
  ],
});
