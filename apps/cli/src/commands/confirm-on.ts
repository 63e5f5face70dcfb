import { once } from "node:events";
import { createInterface } from "node:readline/promises";

/** Asks questions at a terminal. All but a clear yes is no: Ctrl-D, and the end of what is typed. */
export function confirmOn(
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
): (question: string) => Promise<boolean> {
  return async (question) => {
    const lines = createInterface({ input, output });
    // At a prompt, Ctrl-C is a key like others.
    lines.once("SIGINT", () => process.kill(process.pid, "SIGINT"));
    const nothing = () => "";
    const closed = once(lines, "close").then(nothing);
    try {
      // It fails at Ctrl-D.
      const answer = lines.question(`${question} [y/N] `).catch(nothing);
      return /^\s*y(es)?\s*$/i.test(await Promise.race([answer, closed]));
    } finally {
      lines.close();
    }
  };
}
