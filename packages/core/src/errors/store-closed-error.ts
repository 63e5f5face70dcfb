import { FmtcError } from "./fmtc-error.ts";

const code = "STORE_CLOSED";

/** The database has been closed. */
export class StoreClosedError extends FmtcError {
  constructor(reason = "it was closed") {
    super(code, `The database can no longer be used: ${reason}. Open it again.`);
  }

  static override isInstance(value: unknown): value is StoreClosedError {
    return FmtcError.isInstance(value) && value.code === code;
  }
}
