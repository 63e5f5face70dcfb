import { describe } from "./describe.ts";
import { FmtcError } from "./fmtc-error.ts";

const code = "STORE_EXISTS";

/** A store cannot be given this name: another one has it. */
export class StoreExistsError extends FmtcError {
  readonly store: string;

  constructor(store: string) {
    super(code, `There already is a store named ${describe(store)}. Choose another name, or delete that store first.`);
    this.store = store;
  }

  static override isInstance(value: unknown): value is StoreExistsError {
    return FmtcError.isInstance(value) && value.code === code;
  }
}
