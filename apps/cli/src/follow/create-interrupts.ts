import { ReplaySubject } from "rxjs";
import { exitCodeOf } from "./exit-code-of.ts";
import type { Interrupts } from "./interrupts.ts";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * One Ctrl-C may arrive twice: the terminal sends it to every program that it runs, and npm, which may have started this
 * one, passes its own on. That takes a few milliseconds; a person who presses the keys again takes longer than this.
 */
const ECHO_MS = 50;

/** Listens for requests to stop. At the second one it calls `onSecond` and ends the program, without waiting for anything. */
export function createInterrupts(onSecond: (signal: NodeJS.Signals) => void): Interrupts {
  const first$ = new ReplaySubject<NodeJS.Signals>(1);
  let firstAt: number | undefined;
  const listen = (signal: NodeJS.Signals) => {
    const now = performance.now();
    if (firstAt === undefined) {
      firstAt = now;
      first$.next(signal);
    } else if (now - firstAt > ECHO_MS) {
      onSecond(signal);
      process.exit(exitCodeOf(signal));
    }
  };
  for (const signal of SIGNALS) process.on(signal, listen);
  return {
    first$,
    close: () => {
      for (const signal of SIGNALS) process.off(signal, listen);
      first$.complete();
    },
  };
}
