import type { Clock } from "../src/sampler.ts";

/** A clock that only the runs move. */
export function fakeClock(): Clock & { readonly pass: (ms: number) => void } {
  let nowMs = 0;
  return {
    now: () => nowMs,
    collectGarbage: () => undefined,
    pass: (ms) => {
      nowMs += ms;
    },
  };
}
