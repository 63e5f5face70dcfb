import { exitCodeOf } from "../follow/exit-code-of.ts";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Runs what may end at once when it is asked to. As the process exits, @fmtc/store-sqlite ends its session with the
 * database by itself: it need not be checked afterwards.
 */
export async function endingOnSignal<T>(work: () => Promise<T>): Promise<T> {
  const end = (signal: NodeJS.Signals) => process.exit(exitCodeOf(signal));
  for (const signal of SIGNALS) process.on(signal, end);
  try {
    return await work();
  } finally {
    for (const signal of SIGNALS) process.off(signal, end);
  }
}
