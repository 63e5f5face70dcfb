import type { Run } from "../../../tools/bench/define-benchmark.ts";

export interface Clock {
  /** Milliseconds from any origin. */
  readonly now: () => number;
  readonly collectGarbage: () => void;
}

/** Takes one sample: milliseconds a run, or what the run measured itself. */
export type Sampler = () => Promise<number>;

/** Long enough to be read off the clock, and for the garbage that a run makes to be collected within it. */
const SAMPLE_MS = 40;
const WARM_UP_MS = 400;

/** Every result is kept for a while, where the compiler cannot see that nobody reads it. */
const kept: unknown[] = new Array(8).fill(undefined);

/** Warms a run up and finds how often it has to be repeated for a sample long enough to be read off the clock. */
export async function timeSampler(run: Run, clock: Clock): Promise<Sampler> {
  let repetitions = 1;
  let warmedUpMs = 0;
  for (;;) {
    const elapsedMs = await time(run, repetitions, clock);
    warmedUpMs += elapsedMs;
    if (elapsedMs < SAMPLE_MS) repetitions *= 2;
    else if (warmedUpMs >= WARM_UP_MS) break;
  }
  return async () => (await time(run, repetitions, clock)) / repetitions;
}

/** Samples what a run returns instead of the time it takes. */
export function measurementSampler(run: Run, unit: string, clock: Clock): Sampler {
  return async () => {
    clock.collectGarbage();
    const measured = await run();
    if (typeof measured === "number" && Number.isFinite(measured) && measured > 0) return measured;
    throw new Error(`a run has to return its ${unit} as a positive number, not ${String(measured)}`);
  };
}

async function time(run: Run, repetitions: number, clock: Clock): Promise<number> {
  const start = clock.now();
  for (let i = 0; i < repetitions; i++) {
    const result = run();
    // Awaiting costs more than a small synchronous run, so only promises are awaited.
    kept[i & 7] = result instanceof Promise ? await result : result;
  }
  return clock.now() - start;
}
