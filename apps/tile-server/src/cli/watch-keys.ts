import { emitKeypressEvents } from "node:readline";
import type { Readable } from "node:stream";
import type { FaultState } from "../faults/fault-state.ts";
import { MAX_LATENCY_MS, medianLatency } from "../faults/latency-at.ts";

const STEP_MS = 25;

/** Standard input, which is a terminal or is not. */
export type Keyboard = Readable & { readonly isTTY?: boolean; readonly setRawMode?: (isRaw: boolean) => unknown };

/** Up and down change the latency, q quits. Only at a terminal: a pipe has no keys. */
export function watchKeys(stdin: Keyboard, faults: FaultState, say: (line: string) => void, quit: () => void): void {
  if (!stdin.isTTY) return;
  emitKeypressEvents(stdin);
  // Keys as they are pressed, which takes from the terminal what it did itself: Ctrl+C is ours too.
  stdin.setRawMode?.(true);
  stdin.on("keypress", (_: string, key: { readonly name?: string; readonly ctrl?: boolean }) => {
    if (key.name === "q" || (key.name === "c" && key.ctrl)) quit();
    if (key.name !== "up" && key.name !== "down") return;
    const step = key.name === "up" ? STEP_MS : -STEP_MS;
    const ms = Math.max(0, Math.min(MAX_LATENCY_MS, Math.round(medianLatency(faults.current.latency)) + step));
    faults.set({ ...faults.current, latency: { ms } });
    say(`latency ${ms} ms`);
  });
  stdin.resume();
}
