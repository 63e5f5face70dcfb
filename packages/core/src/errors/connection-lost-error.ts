import { FmtcError } from "./fmtc-error.ts";

const code = "CONNECTION_LOST";

/** What `connectRoot` has connected to no longer answers: a worker that was terminated, a port that was closed, a process that is gone. */
export class ConnectionLostError extends FmtcError {
  /** `problem` continues the sentence that begins with the connection: "was closed by the other side." */
  constructor(problem: string, options?: ErrorOptions) {
    super(
      code,
      `The connection to the root ${problem} Connect again with connectRoot: downloads may well have gone on, and root.recovery has those that were interrupted.`,
      options,
    );
  }

  static override isInstance(value: unknown): value is ConnectionLostError {
    return FmtcError.isInstance(value) && value.code === code;
  }
}
