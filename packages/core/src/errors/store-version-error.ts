import { FmtcError } from "./fmtc-error.ts";

const code = "STORE_VERSION";

/** The database was written by a newer version, and has been left as it is. */
export class StoreVersionError extends FmtcError {
  readonly found: number;
  readonly supported: number;

  constructor(found: number, supported: number) {
    super(
      code,
      `The database has schema version ${found}, and this version of fmtc knows ${supported} at most. Update fmtc; nothing was changed.`,
    );
    this.found = found;
    this.supported = supported;
  }

  static override isInstance(value: unknown): value is StoreVersionError {
    return FmtcError.isInstance(value) && value.code === code;
  }
}
