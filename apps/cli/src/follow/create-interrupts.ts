import { ReplaySubject } from "rxjs";
import { exitCodeOf } from "./exit-code-of.ts";
import type { Interrupts } from "./interrupts.ts";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Within this time, a second signal is still the first: at Ctrl-C the terminal sends one to every program it runs, and
 * those that started this one, such as npm, pass on theirs.
 */
const ECHO_MS = 250;

/** Listens for requests to stop. At the second `onSecond` may tidy up, and then the program ends, without waiting for anything. */
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
