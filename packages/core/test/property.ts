import fc from "fast-check";
import { vi } from "vitest";

// Long runs are asked for by their number of cases, and slow machines are no failures.
vi.setConfig({ testTimeout: 3_600_000 });

const SEED = Number(process.env.FMTC_SEED ?? 20_231_107);
const RUNS = process.env.FMTC_RUNS;

/** The seed and number of cases of a property: FMTC_SEED and FMTC_RUNS in the environment override both. */
export function cases(runs: number): { readonly seed: number; readonly numRuns: number } {
  return { seed: SEED, numRuns: RUNS === undefined ? runs : Number(RUNS) };
}

/** Asserts a property over `runs` cases from a fixed seed. */
export function holds<T>(arbitrary: fc.Arbitrary<T>, runs: number, predicate: (value: T) => void): void {
  fc.assert(fc.property(arbitrary, predicate), cases(runs));
}
