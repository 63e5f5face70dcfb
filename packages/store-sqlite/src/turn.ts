import { setImmediate } from "node:timers/promises";

/** Lets whatever else waits in the event loop have its turn. */
export function turn(): Promise<void> {
  return setImmediate();
}
