import type { Faults, Outcome } from "./faults.ts";
import { fractionOf } from "./fraction-of.ts";
import { latencyAt } from "./latency-at.ts";

export interface Decision {
  readonly outcome: Outcome;
  readonly latencyMs: number;
  /** Absent: as fast as the connection is. */
  readonly bytesPerSecond?: number;
}

/** What becomes of a path's n-th request. Depends on nothing else. */
export function decide(faults: Faults, path: string, attempt: number): Decision {
  const chance = (what: string) => fractionOf(faults.seed, path, attempt, what);
  const outcome = faults.planned[path]?.[attempt - 1] ?? drawOutcome(faults, chance("outcome"));
  const latencyMs = Math.round(latencyAt(faults.latency, chance("latency")) * 10) / 10;
  const drips = faults.drip !== null && chance("drip") < faults.drip.share;
  return drips ? { outcome, latencyMs, bytesPerSecond: faults.drip.bytesPerSecond } : { outcome, latencyMs };
}

/** Which version of the map a path shows: only some tiles change with a new one. */
export function versionOf({ seed, map }: Faults, path: string): number {
  let version = map.version;
  while (version > 1 && fractionOf(seed, path, version, "version") >= map.changedShare) version--;
  return version;
}

/** One draw for all outcomes, so that each has exactly its share. */
function drawOutcome({ errors, resets, truncated, html, blocked }: Faults, chance: number): Outcome {
  const shares: [Outcome, number][] = [
    ["reset", resets],
    ["truncate", truncated],
    ["html", html],
    ["blocked", blocked],
    ...Object.entries(errors).map(([status, share]): [Outcome, number] => [`${Number(status)}`, share]),
  ];
  let below = 0;
  for (const [outcome, share] of shares) {
    below += share;
    if (chance < below) return outcome;
  }
  return "ok";
}
