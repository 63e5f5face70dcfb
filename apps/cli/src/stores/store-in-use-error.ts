import { FmtcError } from "@fmtc/core";
import { quoted } from "../files/quoted.ts";

/** A store that should go has a download running into it. */
export class StoreInUseError extends FmtcError {
  constructor(store: string) {
    super("STORE_IN_USE", `Store ${quoted(store)} is being downloaded into by another fmtc. Stop that first.`);
  }
}
