/** The demo did not come to its end. The message says why, in one sentence. */
export class DemoError extends Error {
  override readonly name = "DemoError";
  /** That of the demo. */
  readonly exitCode: number;

  constructor(message: string, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}
