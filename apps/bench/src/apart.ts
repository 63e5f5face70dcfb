// What `run-apart.ts` starts: runs the benchmark of a file, and sends each result. Arguments: the file, how many rounds.
import { pathToFileURL } from "node:url";
import { runBenchmark } from "./run-benchmark.ts";
import type { Clock } from "./sampler.ts";

const [, , file = "", rounds] = process.argv;
const clock: Clock = { now: () => performance.now(), collectGarbage: () => globalThis.gc?.() };

// It ends with its parent, too.
process.on("disconnect", () => process.exit());

const { benchmark } = await import(pathToFileURL(file).href);
for await (const result of runBenchmark(benchmark, Number(rounds), clock)) process.send?.(result);
process.disconnect?.();
