import { setTimeout as wait } from "node:timers/promises";
import type { Exchange } from "./exchange.ts";

/** Waits as long as the network is said to take. Ends early when the client leaves, or is thrown out. */
export async function waitLatency(latencyMs: number, { closed }: Exchange): Promise<void> {
  if (latencyMs <= 0 || closed.aborted) return;
  try {
    await wait(latencyMs, undefined, { signal: closed });
  } catch (error) {
    if (!closed.aborted) throw error;
  }
}
