import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { temporaryTree } from "../../../tools/testing/temporary-tree.ts";
import { bench } from "../src/bench.ts";
import type { FoundBenchmark } from "../src/find-benchmarks.ts";
import type { Report } from "../src/report.ts";
import { runBenchmark } from "../src/run-benchmark.ts";
import { UsageError } from "../src/usage-error.ts";
import { fakeClock } from "./fake-clock.ts";

/** A benchmark whose baseline needs 4096 bytes and whose candidate this many. */
const memory = (name: string, bytes: number) => `export const benchmark = {
  name: "${name}",
  title: "memory of ${name}",
  libraries: ["rival"],
  cases: [{
    name: "peak", goal: { atMost: 0.5 }, baseline: "rival", candidate: "ours", measures: "bytes",
    prepare: () => ({ baseline: () => 4096, candidate: () => ${bytes} }),
  }],
};`;

const met = { "packages/a/bench/a.bench.ts": memory("a", 1024) };
const missed = { "apps/b/bench/b.bench.ts": memory("b", 3072) };
const rival = { "node_modules/rival/package.json": JSON.stringify({ version: "1.2.3" }) };

async function benchIn(files: Record<string, string>, ...args: string[]) {
  const root = temporaryTree({ ...rival, ...files });
  const resultsFolder = join(root, "results");
  mkdirSync(resultsFolder);
  const lines: string[] = [];
  const print = (line: string) => lines.push(line);
  const run = ({ benchmark }: FoundBenchmark, rounds: number) => runBenchmark(benchmark, rounds, fakeClock());
  const isFine = await bench(args, { root, resultsFolder, run, today: "2026-01-31", print });
  const read = (path: string) => readFileSync(join(root, path), "utf8");
  return { root, isFine, printed: lines.join("\n"), read, wroteResults: existsSync(join(resultsFolder, "RESULTS.md")) };
}

const rowOfA = "| a: peak   | 1.00 KiB (ours) | 4.00 KiB (rival) | 0.250× | ≤ 0.5× | 0 %    | met    |";
const rowOfB = "| b: peak   | 3.00 KiB (ours) | 4.00 KiB (rival) | 0.750× | ≤ 0.5× | 0 %    | MISSED |";

it("says the same on the screen, in RESULTS.md and in results.json", async () => {
  const { printed, read } = await benchIn({ ...met, ...missed });
  const markdown = read("results/RESULTS.md");
  for (const row of [rowOfA, rowOfB]) {
    expect(printed).toContain(row);
    expect(markdown).toContain(row);
  }
  expect(markdown).toContain("2026-01-31");
  expect(markdown).toContain("rival 1.2.3");
  const report: Report = JSON.parse(read("results/results.json"));
  expect(report).toMatchObject({ date: "2026-01-31", rounds: 15, libraries: { rival: "1.2.3" } });
  expect(report.results).toMatchObject([
    { name: "b: peak", ratio: 0.75, goal: { atMost: 0.5 }, median: 3072, baseline: 4096, spread: 0, ok: false },
    { name: "a: peak", ratio: 0.25, goal: { atMost: 0.5 }, median: 1024, baseline: 4096, spread: 0, ok: true },
  ]);
});

it("fails a full run that misses a goal, and says which", async () => {
  expect(await benchIn(met)).toMatchObject({ isFine: true, wroteResults: true });
  const { isFine, printed } = await benchIn({ ...met, ...missed });
  expect(isFine).toBe(false);
  expect(printed).toMatch(/Missed its goal: b: peak\.$/);
});

it("only tells of a missed goal in a quick run, which also leaves the kept results alone", async () => {
  const { isFine, printed, wroteResults } = await benchIn(missed, "--quick");
  expect({ isFine, wroteResults }).toEqual({ isFine: true, wroteResults: false });
  expect(printed).toMatch(/Missed its goal: b: peak\.$/);
});

it("runs only what is named, and writes it where --json says", async () => {
  const json = join(temporaryTree({}), "out.json");
  const { printed, wroteResults } = await benchIn({ ...met, ...missed }, "a", "--json", json);
  expect(printed).not.toContain("b: peak");
  expect(wroteResults).toBe(false);
  const report: Report = JSON.parse(readFileSync(json, "utf8"));
  expect(report.results.map(({ name }) => name)).toEqual(["a: peak"]);
});

it.each([
  ["an unknown name", met, ["c"], 'There is no benchmark "c"; there is: a.'],
  ["an unknown option", met, ["--fast"], "Usage: npm run bench"],
  ["a file that exports no benchmark", { "packages/a/bench/a.bench.ts": "export {};" }, [], "exports no benchmark"],
  ["nothing to run", {}, [], "There is no benchmark yet"],
])("refuses %s in one sentence", async (_, files, args, message) => {
  await expect(benchIn(files, ...args)).rejects.toThrow(message);
});

it("tells wrong use from a benchmark that broke", async () => {
  await expect(benchIn(met, "c")).rejects.toBeInstanceOf(UsageError);
  const broken = { "packages/a/bench/a.bench.ts": memory("a", 0) };
  await expect(benchIn(broken)).rejects.not.toBeInstanceOf(UsageError);
});
