import { on, once } from "node:events";
import { start } from "../../../tools/bench/processes.ts";
import type { FoundBenchmark } from "./find-benchmarks.ts";
import type { Result } from "./result.ts";

const APART = new URL("./apart.ts", import.meta.url);

/**
 * Runs a benchmark in a process of its own. In one process, what a benchmark has made the compiler assume changes the
 * figures of those that follow by a third.
 *
 * @throws when it fails; why, its process has said on standard error
 */
export async function* runApart({ benchmark, file }: FoundBenchmark, rounds: number): AsyncGenerator<Result> {
  const child = start(APART, file, rounds);
  const exit = once(child, "exit");
  for await (const [result] of on(child, "message", { close: ["disconnect"] })) yield result;
  const [code] = await exit;
  if (code !== 0) throw new Error(`The benchmark "${benchmark.name}" failed; what it said of that is above.`);
}
