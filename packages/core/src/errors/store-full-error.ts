import { FmtcError } from "./fmtc-error.ts";

const code = "STORE_FULL";

/** There is no room left, on the disk or within the quota. What was being written has been left out as a whole. */
export class StoreFullError extends FmtcError {
  constructor(problem: string, options?: ErrorOptions) {
    super(code, `${problem} Nothing of this was written; free some room and try again.`, options);
  }

  static override isInstance(value: unknown): value is StoreFullError {
    return FmtcError.isInstance(value) && value.code === code;
  }
}
