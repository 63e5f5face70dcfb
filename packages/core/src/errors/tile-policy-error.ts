import { describe } from "./describe.ts";
import { FmtcError } from "./fmtc-error.ts";

const code = "TILE_POLICY";

/** The operator of a tile server does not allow what was asked for. No request was made. */
export class TilePolicyError extends FmtcError {
  readonly source: string;
  /** Where the operator says so. */
  readonly policyUrl: string | undefined;

  /** `problem` continues the sentence that begins with the operator. */
  constructor(source: string, policyUrl: string | undefined, problem: string) {
    const where = policyUrl === undefined ? "" : ` (${policyUrl})`;
    const instead = "Use a server that allows it, such as one of your own";
    const override = 'or, if the operator has agreed, say so in the source: policy: { bulk: "allowed" }';
    super(code, `The operator of source ${describe(source)} ${problem}${where}. ${instead}; ${override}.`);
    this.source = source;
    this.policyUrl = policyUrl;
  }

  static override isInstance(value: unknown): value is TilePolicyError {
    return FmtcError.isInstance(value) && value.code === code;
  }
}
