import { join } from "node:path";
import { expect, it } from "vitest";
import { temporaryTree } from "../../../tools/testing/temporary-tree.ts";
import { findBenchmarks } from "../src/find-benchmarks.ts";
import type { Result } from "../src/result.ts";
import { runApart } from "../src/run-apart.ts";

/** Both sides measure what this JavaScript says. */
const measuring = (value: string) => `export const benchmark = {
  name: "b", title: "",
  cases: ["one", "two"].map((name) => ({
    name, goal: { atMost: 1 }, baseline: "theirs", candidate: "ours", measures: "bytes",
    prepare: () => ({ baseline: () => ${value}, candidate: () => ${value} }),
  })),
};`;

async function resultsOf(value: string): Promise<Result[]> {
  const root = temporaryTree({ [join("packages", "b", "bench", "b.bench.ts")]: measuring(value) });
  const results: Result[] = [];
  for (const found of await findBenchmarks(root, [])) {
    for await (const result of runApart(found, 3)) results.push(result);
  }
  return results;
}

it("brings the results of all cases, from a process of its own in which garbage can be collected", async () => {
  expect(await resultsOf("7")).toMatchObject([
    { name: "b: one", median: 7, ratio: 1, goal: { atMost: 1 }, ok: true, unit: "bytes" },
    { name: "b: two", median: 7 },
  ]);
  const [{ median: pid } = { median: 0 }] = await resultsOf("process.pid");
  expect(pid).not.toBe(process.pid);
  expect(await resultsOf("typeof gc === 'function' ? 1 : 2")).toMatchObject([{ median: 1 }, { median: 1 }]);
});

it("fails when the benchmark does", async () => {
  await expect(resultsOf("0")).rejects.toThrow('The benchmark "b" failed');
});
