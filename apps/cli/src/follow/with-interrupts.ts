import { writeSync } from "node:fs";
import { createInterrupts } from "./create-interrupts.ts";
import type { Interrupts } from "./interrupts.ts";

/** Runs what an interrupt pauses, rather than ends. */
export async function withInterrupts<T>(work: (interrupts: Interrupts) => Promise<T>): Promise<T> {
  const interrupts = createInterrupts(sayStopped);
  try {
    return await work(interrupts);
  } finally {
    interrupts.close();
  }
}

/** The program ends right after it, so it cannot wait for anybody to read. */
function sayStopped(): void {
  try {
    writeSync(process.stderr.fd, "\nStopped at once. fmtc list shows what there is to go on with.\n");
  } catch {
    // Nobody reads it.
  }
}
