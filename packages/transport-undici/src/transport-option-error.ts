import { FmtcError } from "@fmtc/core";

const code = "TRANSPORT_OPTION_INVALID";

/** A transport cannot be made with these options: `field` says which one is wrong. */
export class TransportOptionError extends FmtcError {
  readonly field: string;

  /** `problem` continues the sentence that begins with the field. */
  constructor(field: string, problem: string) {
    super(code, `${field} ${problem}`);
    this.field = field;
  }

  static override isInstance(value: unknown): value is TransportOptionError {
    return FmtcError.isInstance(value) && value.code === code;
  }
}
