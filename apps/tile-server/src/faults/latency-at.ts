import type { Latency } from "./faults.ts";

/** No network takes longer without giving up. */
export const MAX_LATENCY_MS = 600_000;

/** The latency that a share of all requests stays below: the distribution's quantile. */
export function latencyAt(latency: Latency, quantile: number): number {
  if ("ms" in latency) return latency.ms;
  if ("minMs" in latency) return latency.minMs + quantile * (latency.maxMs - latency.minMs);
  return Math.min(MAX_LATENCY_MS, latency.medianMs * Math.exp(latency.sigma * normalAt(quantile)));
}

/** The latency in the middle, to step up and down from. */
export function medianLatency(latency: Latency): number {
  return latencyAt(latency, 0.5);
}

/**
 * The standard normal distribution's quantile, to 4.5e-4: Abramowitz and Stegun, Handbook of Mathematical Functions,
 * 26.2.23.
 */
function normalAt(quantile: number): number {
  const tail = Math.max(1e-9, Math.min(quantile, 1 - quantile));
  const t = Math.sqrt(-2 * Math.log(tail));
  const numerator = 2.515517 + 0.802853 * t + 0.010328 * t * t;
  const denominator = 1 + 1.432788 * t + 0.189269 * t * t + 0.001308 * t ** 3;
  const distance = tail === 0.5 ? 0 : t - numerator / denominator;
  return quantile < 0.5 ? -distance : distance;
}
