import { FmtcError } from "./fmtc-error.ts";

const code = "REGION_INVALID";

/** A region, or what is to be downloaded of it, is not valid: `field` says where, as a path (`outer[2].lat`). */
export class RegionError extends FmtcError {
  readonly field: string;
  readonly value: unknown;

  /** `problem` continues the sentence that begins with the field: "is 91, but latitudes end at ±90." */
  constructor(field: string, value: unknown, problem: string) {
    super(code, `${field} ${problem}`);
    this.field = field;
    this.value = value;
  }

  static override isInstance(value: unknown): value is RegionError {
    return FmtcError.isInstance(value) && value.code === code;
  }
}
