import type { Beside } from "./beside.ts";

/** What the command is about is not there: a file, a store, a download. The message says what there is instead. */
export class MissingError extends Error {
  override readonly name = "MissingError";
  readonly beside: Beside | undefined;

  constructor(message: string, beside?: Beside) {
    super(message);
    this.beside = beside;
  }
}
