import { describe, expect, it } from "vitest";
import type { BenchmarkCase, Goal } from "../../../tools/bench/define-benchmark.ts";
import type { Result } from "../src/result.ts";
import { runBenchmark } from "../src/run-benchmark.ts";
import { fakeClock } from "./fake-clock.ts";

const labels = { baseline: "theirs", candidate: "ours" };

async function run(cases: readonly BenchmarkCase[], clock = fakeClock(), rounds = 5): Promise<Result[]> {
  const results: Result[] = [];
  for await (const result of runBenchmark({ name: "b", title: "", cases }, rounds, clock)) results.push(result);
  return results;
}

/** The result of two sides that take this long. */
async function timed(baselineMs: number, candidateMs: number, goal: Goal): Promise<Result | undefined> {
  const clock = fakeClock();
  const prepare = () => ({ baseline: () => clock.pass(baselineMs), candidate: () => clock.pass(candidateMs) });
  const [result] = await run([{ name: "c", goal, ...labels, prepare }], clock);
  return result;
}

describe("the ratio", () => {
  it.each([
    [{ atLeast: 5 }, 8, 1, 8, true],
    [{ atLeast: 5 }, 5, 1, 5, true],
    [{ atLeast: 5 }, 4, 1, 4, false],
    [{ atMost: 2 }, 4, 6, 1.5, true],
    [{ atMost: 2 }, 4, 8, 2, true],
    [{ atMost: 2 }, 4, 10, 2.5, false],
  ])(
    "of the goal %j with a baseline of %d ms and ours of %d ms is %d (met: %s)",
    async (goal, baseline, ours, ratio, ok) => {
      const result = await timed(baseline, ours, goal);
      expect(result).toMatchObject({
        name: "b: c",
        goal,
        median: ours,
        baseline,
        ratio,
        spread: 0,
        ok,
        unit: "ms",
        labels,
      });
    },
  );

  it("counts one run, however often a sample repeats it", async () => {
    expect(await timed(0.002, 0.001, { atLeast: 1 })).toMatchObject({
      median: expect.closeTo(0.001, 9),
      baseline: expect.closeTo(0.002, 9),
    });
  });

  it("tells how far apart the middle half of the rounds lies", async () => {
    const samples = [1, 2, 4, 8, 10].values();
    const prepare = () => ({ baseline: () => 4, candidate: () => samples.next().value });
    const [result] = await run([{ name: "c", goal: { atMost: 1 }, ...labels, measures: "bytes", prepare }]);
    expect(result).toMatchObject({ ratio: 1, spread: (8 - 2) / 4 });
  });
});

it("takes the samples of both sides in turn, each first in every other round", async () => {
  const order: string[] = [];
  const side = (name: string) => () => order.push(name);
  const prepare = () => ({ baseline: side("b"), candidate: side("c") });
  await run([{ name: "c", goal: { atMost: 100 }, ...labels, measures: "calls", prepare }], fakeClock(), 4);
  expect(order.join("")).toBe("bccbbccb");
});

it("awaits a run that returns a promise", async () => {
  const clock = fakeClock();
  const after = (ms: number) => () => Promise.resolve().then(() => clock.pass(ms));
  const prepare = async () => ({ baseline: after(30), candidate: after(10) });
  const [result] = await run([{ name: "c", goal: { atLeast: 3 }, ...labels, prepare }], clock);
  expect(result).toMatchObject({ baseline: 30, median: 10, ratio: 3, ok: true });
});

it("compares what the runs measure themselves, in their unit", async () => {
  const prepare = () => ({ baseline: () => 3000, candidate: async () => 1500 });
  const [result] = await run([{ name: "c", goal: { atMost: 0.5 }, ...labels, measures: "bytes", prepare }]);
  expect(result).toMatchObject({ baseline: 3000, median: 1500, ratio: 0.5, unit: "bytes", ok: true });
});

it.each([undefined, Number.NaN, 0, "12"])("refuses %s as a measurement", async (measured) => {
  const prepare = () => ({ baseline: () => 1, candidate: () => measured });
  const benchmarkCase = { name: "c", goal: { atMost: 1 }, ...labels, measures: "bytes", prepare };
  await expect(run([benchmarkCase])).rejects.toThrow(`"b: c" failed: a run has to return its bytes`);
});

it("gives every case the same random numbers", async () => {
  const seen: number[][] = [];
  const prepare: BenchmarkCase["prepare"] = ({ random }) => {
    seen.push([random(), random(), random()]);
    return { baseline: () => 1, candidate: () => 1 };
  };
  const benchmarkCase = { goal: { atMost: 1 }, ...labels, measures: "bytes", prepare };
  await run([
    { name: "one", ...benchmarkCase },
    { name: "two", ...benchmarkCase },
  ]);
  expect(seen[0]).toEqual(seen[1]);
  expect(new Set(seen[0]).size).toBe(3);
  expect(seen[0]?.every((value) => value >= 0 && value < 1)).toBe(true);
});

it("names the case that throws, and cleans up after it", async () => {
  const calls: string[] = [];
  const prepare = () => ({
    baseline: () => 1,
    candidate: () => {
      throw new Error("out of ink");
    },
    cleanUp: async () => calls.push("cleaned"),
  });
  const cases = [{ name: "c", goal: { atMost: 1 }, ...labels, measures: "bytes", prepare }];
  await expect(run(cases)).rejects.toThrow('The benchmark "b: c" failed: out of ink');
  expect(calls).toEqual(["cleaned"]);
});
