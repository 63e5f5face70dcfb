import { StoreNotFoundError } from "@fmtc/core";
import { type Answer, textAnswer } from "./answer.ts";

/** What whoever asked is told of an error: nothing of what is inside, such as where the file is. */
export function failureAnswer(error: unknown, report: (error: unknown) => void): Answer {
  if (StoreNotFoundError.isInstance(error)) return textAnswer(404, "A store has just been deleted, or renamed.");
  report(error);
  return textAnswer(500, "Something has gone wrong here, and the terminal of this server shows what.");
}
