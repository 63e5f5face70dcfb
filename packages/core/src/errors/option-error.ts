import { FmtcError } from "./fmtc-error.ts";

const code = "OPTION_INVALID";

/** Something was started with an option that cannot be: `field` says which. */
export class OptionError extends FmtcError {
  readonly field: string;
  readonly value: unknown;

  constructor(field: string, value: unknown, problem: string) {
    super(code, `${field} ${problem}`);
    this.field = field;
    this.value = value;
  }

  static override isInstance(value: unknown): value is OptionError {
    return FmtcError.isInstance(value) && value.code === code;
  }
}
