import type { BenchmarkCase, Goal } from "../../../tools/bench/define-benchmark.ts";
import { quantile } from "./quantile.ts";

export interface Result {
  /** "benchmark: case" */
  readonly name: string;
  /** What the goal speaks of: baseline ÷ candidate for `atLeast`, candidate ÷ baseline for `atMost`. */
  readonly ratio: number;
  readonly goal: Goal;
  /** The candidate's median, in `unit`. */
  readonly median: number;
  /** The baseline's median, in `unit`. */
  readonly baseline: number;
  /** How far apart the middle half of the rounds' ratios lies, as a share of the ratio. */
  readonly spread: number;
  readonly ok: boolean;
  readonly unit: string;
  readonly labels: { readonly baseline: string; readonly candidate: string };
}

/** One sample of each side, taken one right after the other. */
export interface Round {
  readonly baseline: number;
  readonly candidate: number;
}

export function resultOf(
  benchmark: string,
  { name, goal, measures, ...labels }: BenchmarkCase,
  rounds: readonly Round[],
): Result {
  const median = quantile(
    rounds.map((round) => round.candidate),
    0.5,
  );
  const baseline = quantile(
    rounds.map((round) => round.baseline),
    0.5,
  );
  const ratio = ratioOf(goal, { baseline, candidate: median });
  const ratios = rounds.map((round) => ratioOf(goal, round));
  return {
    name: `${benchmark}: ${name}`,
    ratio,
    goal,
    median,
    baseline,
    spread: (quantile(ratios, 0.75) - quantile(ratios, 0.25)) / ratio,
    ok: "atLeast" in goal ? ratio >= goal.atLeast : ratio <= goal.atMost,
    unit: measures ?? "ms",
    labels: { baseline: labels.baseline, candidate: labels.candidate },
  };
}

function ratioOf(goal: Goal, { baseline, candidate }: Round): number {
  return "atLeast" in goal ? baseline / candidate : candidate / baseline;
}
