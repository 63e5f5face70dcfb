import { FmtcError } from "./fmtc-error.ts";

const code = "SOURCE_INVALID";

/** A source cannot be used: `field` says what is wrong with it. The value is not kept, as it may hold a key. */
export class SourceError extends FmtcError {
  readonly field: string;

  /** `problem` continues the sentence that begins with the field. */
  constructor(field: string, problem: string) {
    super(code, `${field} ${problem}`);
    this.field = field;
  }

  static override isInstance(value: unknown): value is SourceError {
    return FmtcError.isInstance(value) && value.code === code;
  }
}
