import { FmtcError } from "./fmtc-error.ts";

const code = "STORE_INPUT_INVALID";

/** A store was asked for something that cannot be: `field` says where, as a path (`tiles[3].x`). */
export class StoreInputError extends FmtcError {
  readonly field: string;
  readonly value: unknown;

  constructor(field: string, value: unknown, problem: string) {
    super(code, `${field} ${problem}`);
    this.field = field;
    this.value = value;
  }

  static override isInstance(value: unknown): value is StoreInputError {
    return FmtcError.isInstance(value) && value.code === code;
  }
}
