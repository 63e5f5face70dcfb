import { once } from "node:events";
import { createInterface } from "node:readline/promises";
import type { Answer } from "../surroundings.ts";

/** Asks questions at a terminal. All but a clear yes is no: Ctrl-D, and the end of what is typed. */
export function confirmOn(
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
): (question: string) => Promise<Answer> {
  return async (question) => {
    const lines = createInterface({ input, output });
    // At a prompt, Ctrl-C is a key like others.
    const interrupted = once(lines, "SIGINT").then((): Answer => "interrupted");
    const closed = once(lines, "close").then((): undefined => undefined);
    // It fails at Ctrl-D.
    const typed = lines.question(`${question} [y/N] `).then(answerOf, () => undefined);
    const answer = await Promise.race([typed, closed, interrupted]);
    lines.close();
    // Enter has ended the question's line, other keys have not.
    if (answer === undefined || answer === "interrupted") output.write("\n");
    return answer ?? "no";
  };
}

function answerOf(typed: string): Answer {
  return /^\s*y(es)?\s*$/i.test(typed) ? "yes" : "no";
}
