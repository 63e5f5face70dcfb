import { globSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Benchmark } from "../../../tools/bench/define-benchmark.ts";
import { UsageError } from "./usage-error.ts";

export interface FoundBenchmark {
  readonly benchmark: Benchmark;
  readonly file: string;
}

/** The benchmarks of all workspaces, or those named, in the order of their files. */
export async function findBenchmarks(root: string, names: readonly string[]): Promise<FoundBenchmark[]> {
  const found: FoundBenchmark[] = [];
  for (const path of globSync("{packages,apps}/*/bench/*.bench.ts", { cwd: root }).sort()) {
    const file = join(root, path);
    const { benchmark } = await import(pathToFileURL(file).href);
    if (benchmark?.cases === undefined) throw new UsageError(`${path} exports no benchmark: use defineBenchmark.`);
    found.push({ benchmark, file });
  }
  const known = found.map(({ benchmark }) => benchmark.name);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new UsageError(
      `There is no benchmark "${unknown.join('", "')}"; there is: ${known.join(", ") || "none yet"}.`,
    );
  }
  return names.length === 0 ? found : found.filter(({ benchmark }) => names.includes(benchmark.name));
}
