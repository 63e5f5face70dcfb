import type { Benchmark, BenchmarkCase, Run } from "../../../tools/bench/define-benchmark.ts";
import { mulberry32 } from "./mulberry32.ts";
import { type Result, type Round, resultOf } from "./result.ts";
import { type Clock, measurementSampler, type Sampler, timeSampler } from "./sampler.ts";

const SEED = 20_240_229;

/** @throws when a case throws, naming it */
export async function* runBenchmark(benchmark: Benchmark, rounds: number, clock: Clock): AsyncGenerator<Result> {
  for (const benchmarkCase of benchmark.cases) {
    try {
      yield resultOf(benchmark.name, benchmarkCase, await runCase(benchmarkCase, rounds, clock));
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new Error(`The benchmark "${benchmark.name}: ${benchmarkCase.name}" failed: ${reason}`, { cause });
    }
  }
}

async function runCase({ prepare, measures }: BenchmarkCase, rounds: number, clock: Clock): Promise<Round[]> {
  const sides = await prepare({ random: mulberry32(SEED) });
  const samplerOf = (run: Run) =>
    measures === undefined ? timeSampler(run, clock) : measurementSampler(run, measures, clock);
  try {
    const baseline = await samplerOf(sides.baseline);
    const candidate = await samplerOf(sides.candidate);
    const taken: Round[] = [];
    for (let i = 0; i < rounds; i++) taken.push(await takeRound(baseline, candidate, i % 2 === 0));
    return taken;
  } finally {
    await sides.cleanUp?.();
  }
}

/** The sides take turns at going first, so that neither always finds the caches as the other left them. */
async function takeRound(baseline: Sampler, candidate: Sampler, isBaselineFirst: boolean): Promise<Round> {
  if (isBaselineFirst) return { baseline: await baseline(), candidate: await candidate() };
  const first = await candidate();
  return { baseline: await baseline(), candidate: first };
}
