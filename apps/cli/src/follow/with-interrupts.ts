import { createInterrupts } from "./create-interrupts.ts";
import type { Interrupts } from "./interrupts.ts";

/** Runs what an interrupt pauses, rather than ends. */
export async function withInterrupts<T>(work: (interrupts: Interrupts) => Promise<T>): Promise<T> {
  const interrupts = createInterrupts(() => {});
  try {
    return await work(interrupts);
  } finally {
    interrupts.close();
  }
}
