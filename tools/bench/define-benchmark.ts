/** What `npm run bench` runs: a `bench/NAME.bench.ts` exports one as `benchmark`. */
export interface Benchmark {
  /** What one types after `npm run bench --`. */
  readonly name: string;
  readonly title: string;
  /** Packages whose versions belong in the results, such as the library that is the baseline. */
  readonly libraries?: readonly string[];
  readonly cases: readonly BenchmarkCase[];
}

export interface BenchmarkCase {
  readonly name: string;
  readonly goal: Goal;
  /** What it is compared with, as the results name it. */
  readonly baseline: string;
  /** What is ours, as the results name it. */
  readonly candidate: string;
  /**
   * Absent: a run is timed, and repeated until a sample lasts long enough to be read off the clock.
   * Present: a run returns its own measurement, in this unit ("bytes", "requests"); less is better.
   */
  readonly measures?: string;
  /** Runs once, untimed, and returns the two sides. They have to do the same work. */
  readonly prepare: (context: BenchmarkContext) => Sides | Promise<Sides>;
}

/**
 * `atLeast`: how many times faster than the baseline (baseline ÷ candidate).
 * `atMost`: how many times the baseline's cost (candidate ÷ baseline).
 */
export type Goal = { readonly atLeast: number } | { readonly atMost: number };

export interface BenchmarkContext {
  /** Uniform in [0, 1), from the same seed in every case of every run. */
  readonly random: () => number;
}

export interface Sides {
  readonly baseline: Run;
  readonly candidate: Run;
  /** Runs once after the last round, failed or not. */
  readonly cleanUp?: () => unknown;
}

/** Return the result: what is returned cannot be optimised away. A promise is awaited. */
export type Run = () => unknown;

export function defineBenchmark(benchmark: Benchmark): Benchmark {
  return benchmark;
}
