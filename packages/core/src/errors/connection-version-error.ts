import { FmtcError } from "./fmtc-error.ts";

const code = "CONNECTION_VERSION";

/** The two sides of a connection speak different versions of its protocol. Nothing was asked for. */
export class ConnectionVersionError extends FmtcError {
  readonly found: number;
  readonly supported: number;

  constructor(found: number, supported: number) {
    super(
      code,
      `The other side speaks version ${found} of the protocol, and this one version ${supported}. Use the same version of @fmtc/core on both sides, and reload workers that are still the old ones.`,
    );
    this.found = found;
    this.supported = supported;
  }

  static override isInstance(value: unknown): value is ConnectionVersionError {
    return FmtcError.isInstance(value) && value.code === code;
  }
}
