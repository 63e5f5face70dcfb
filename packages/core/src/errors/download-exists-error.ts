import { describe } from "./describe.ts";
import { FmtcError } from "./fmtc-error.ts";

const code = "DOWNLOAD_EXISTS";

/** A download cannot be recorded under this id: another one is. */
export class DownloadExistsError extends FmtcError {
  readonly download: string;

  constructor(download: string) {
    super(
      code,
      `There already is a record of download ${describe(download)}. Resume or discard that one, by root.recovery, or give this one another id.`,
    );
    this.download = download;
  }

  static override isInstance(value: unknown): value is DownloadExistsError {
    return FmtcError.isInstance(value) && value.code === code;
  }
}
