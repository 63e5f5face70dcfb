import { describe } from "./describe.ts";
import { FmtcError } from "./fmtc-error.ts";

const code = "LEASE_LOST";

/** Another engine has taken the download over, or its record is gone. What was being written has been left out. */
export class LeaseLostError extends FmtcError {
  readonly download: string;
  readonly epoch: number;

  constructor(download: string, epoch: number) {
    super(
      code,
      `The lease on download ${describe(download)} (epoch ${epoch}) is lost: another has taken the download over, or removed it. Stop this one.`,
    );
    this.download = download;
    this.epoch = epoch;
  }

  static override isInstance(value: unknown): value is LeaseLostError {
    return FmtcError.isInstance(value) && value.code === code;
  }
}
