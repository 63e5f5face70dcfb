import { constants } from "node:os";
import { DemoError } from "./demo-error.ts";

/** Ctrl-C, a terminal that is closed, and a reader who has seen enough (`npm run demo | head`): the demo is over. */
export function watchInterruption(over: AbortController): void {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    // Not only the first: npm passes on the one that the terminal has sent to all.
    process.on(signal, () => {
      over.abort(new DemoError("Interrupted: npm run demo begins anew.", 128 + constants.signals[signal]));
    });
  }
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", () => over.abort(new DemoError("Nobody reads what the demo says: it has ended.")));
  }
}
