import type { SchedulerLike } from "rxjs";

/** What pauses go by. */
export interface PauseContext {
  readonly scheduler: SchedulerLike;
  /** Uniform in [0, 1). */
  readonly chance: () => number;
}

const FIRST_MS = 500;
const LONGEST_MS = 30_000;

/**
 * How long to wait after so many failed attempts: twice as long each time, and by chance up to that, so that lanes which
 * have failed together do not come back together.
 */
export function backoffMs(attempts: number, chance: () => number): number {
  const longest = Math.min(LONGEST_MS, FIRST_MS * 2 ** (attempts - 1));
  return longest * (0.5 + chance() / 2);
}
