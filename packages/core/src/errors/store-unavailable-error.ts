import { FmtcError } from "./fmtc-error.ts";

const code = "STORE_UNAVAILABLE";

/** The database cannot be reached or written, and its data is not to blame: a missing folder, a read-only file, a device that fails. */
export class StoreUnavailableError extends FmtcError {
  constructor(problem: string, options?: ErrorOptions) {
    super(code, problem, options);
  }

  static override isInstance(value: unknown): value is StoreUnavailableError {
    return FmtcError.isInstance(value) && value.code === code;
  }
}
