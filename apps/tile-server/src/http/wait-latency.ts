import { setTimeout as wait } from "node:timers/promises";
import type { FaultState } from "../faults/fault-state.ts";
import type { Exchange } from "./exchange.ts";

/** Waits as long as the network is said to take. Ends early when the client leaves, or nobody is online any more. */
export async function waitLatency(latencyMs: number, { closed }: Exchange, faults: FaultState): Promise<void> {
  if (latencyMs <= 0) return;
  const offline = new AbortController();
  const unwatch = faults.onOffline(() => offline.abort());
  try {
    await wait(latencyMs, undefined, { signal: AbortSignal.any([closed, offline.signal]) });
  } catch (error) {
    if (!closed.aborted && !offline.signal.aborted) throw error;
  } finally {
    unwatch();
  }
}
