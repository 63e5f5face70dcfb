import { describe } from "./describe.ts";
import { FmtcError } from "./fmtc-error.ts";

const code = "DOWNLOAD_NOT_FOUND";

/** There is no record of this download. */
export class DownloadNotFoundError extends FmtcError {
  readonly download: string;

  constructor(download: string) {
    super(
      code,
      `There is no record of download ${describe(download)}. It was completed or removed, or its id is another: root.recovery.list() has them all.`,
    );
    this.download = download;
  }

  static override isInstance(value: unknown): value is DownloadNotFoundError {
    return FmtcError.isInstance(value) && value.code === code;
  }
}
