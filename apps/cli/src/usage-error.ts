import type { Beside } from "./beside.ts";

/** The command cannot be understood. The message says which value is wrong and what to do; nothing has been done. */
export class UsageError extends Error {
  override readonly name = "UsageError";
  readonly beside: Beside | undefined;

  constructor(message: string, beside?: Beside) {
    super(message);
    this.beside = beside;
  }
}
