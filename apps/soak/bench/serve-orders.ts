import { monitorEventLoopDelay } from "node:perf_hooks";
import type { Order, Report } from "./messages.ts";

/** Carries out one order after the other, and reports what each took. */
export function serveOrders(carryOut: (order: Order) => Promise<unknown>): void {
  process.on("message", async (order: Order) => {
    globalThis.gc?.();
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    const begun = performance.now();
    await carryOut(order);
    const ms = performance.now() - begun;
    delay.disable();
    const report: Report = { ms, longestStallMs: delay.max / 1e6 };
    process.send?.(report);
  });
  process.on("disconnect", () => process.exit());
  process.send?.("ready");
}
