import { describe } from "./describe.ts";
import { FmtcError } from "./fmtc-error.ts";

const code = "STORE_NOT_FOUND";

/** There is no store of this name. */
export class StoreNotFoundError extends FmtcError {
  readonly store: string;

  constructor(store: string) {
    super(code, `There is no store named ${describe(store)}. Create it first, or check the name.`);
    this.store = store;
  }

  static override isInstance(value: unknown): value is StoreNotFoundError {
    return FmtcError.isInstance(value) && value.code === code;
  }
}
