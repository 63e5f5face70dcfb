import { constants } from "node:os";
import type { Children } from "./children.ts";

export interface Interruption {
  /** Undefined as long as nothing has interrupted the demo. */
  readonly exitCode: () => number | undefined;
}

/** Ctrl-C, a terminal that is closed, and a reader who has seen enough (`npm run demo | head`) end the demo and what it has started. */
export function watchInterruption(children: Children): Interruption {
  let exitCode: number | undefined;
  const end = async (code: number) => {
    if (exitCode !== undefined) return;
    exitCode = code;
    await children.end();
    process.exit(code);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => void end(128 + constants.signals[signal]));
  }
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => void end(1));
  process.once("exit", () => children.kill());
  return { exitCode: () => exitCode };
}
