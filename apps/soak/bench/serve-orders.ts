import { monitorEventLoopDelay } from "node:perf_hooks";
import type { Order, Report } from "./messages.ts";

/**
 * Carries out one order after the other, and reports what each took. Garbage is left to be collected when it is due: to ask
 * for it between orders makes V8 throw away what it has compiled, and the next order would measure the compiler.
 */
export function serveOrders(carryOut: (order: Order) => Promise<unknown>): void {
  process.on("message", async (order: Order) => {
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
