import { describe } from "./describe.ts";
import { FmtcError } from "./fmtc-error.ts";

const code = "SOURCE_UNKNOWN";

/** A region names a source that the root was not given. */
export class UnknownSourceError extends FmtcError {
  readonly source: string;
  readonly known: readonly string[];

  constructor(source: string, known: readonly string[]) {
    const others = known.length === 0 ? "It knows none" : `It knows ${known.map(describe).join(", ")}`;
    super(code, `This root knows no source ${describe(source)}. ${others}: name it in openRoot({ sources }).`);
    this.source = source;
    this.known = known;
  }

  static override isInstance(value: unknown): value is UnknownSourceError {
    return FmtcError.isInstance(value) && value.code === code;
  }
}
