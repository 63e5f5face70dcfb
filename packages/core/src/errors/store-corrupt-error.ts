import { FmtcError } from "./fmtc-error.ts";

const code = "STORE_CORRUPT";

/** The data of the database cannot be trusted. Nothing of it has been deleted. */
export class StoreCorruptError extends FmtcError {
  readonly quarantine: string | undefined;

  constructor(problem: string, quarantine?: string, options?: ErrorOptions) {
    super(
      code,
      quarantine === undefined
        ? problem
        : `${problem} The damaged file was kept as ${quarantine}; opening again makes a new one.`,
      options,
    );
    this.quarantine = quarantine;
  }

  static override isInstance(value: unknown): value is StoreCorruptError {
    return FmtcError.isInstance(value) && value.code === code;
  }
}
