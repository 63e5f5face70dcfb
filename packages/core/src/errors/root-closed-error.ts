import { FmtcError } from "./fmtc-error.ts";

const code = "ROOT_CLOSED";

/** The root was closed. */
export class RootClosedError extends FmtcError {
  constructor() {
    super(code, "This root was closed. Open another with openRoot.");
  }

  static override isInstance(value: unknown): value is RootClosedError {
    return FmtcError.isInstance(value) && value.code === code;
  }
}
