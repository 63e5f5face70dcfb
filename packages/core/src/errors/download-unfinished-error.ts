import { describe } from "./describe.ts";
import { FmtcError } from "./fmtc-error.ts";

const code = "DOWNLOAD_UNFINISHED";

/** The failed tiles of a download were to be tried again, but others have not been tried at all. */
export class DownloadUnfinishedError extends FmtcError {
  readonly download: string;
  /** How many tiles are missing. */
  readonly missing: number;

  constructor(download: string, missing: number) {
    super(
      code,
      `Download ${describe(download)} was interrupted with ${missing} tiles to go. Resume it first; what has failed then can be tried again.`,
    );
    this.download = download;
    this.missing = missing;
  }

  static override isInstance(value: unknown): value is DownloadUnfinishedError {
    return FmtcError.isInstance(value) && value.code === code;
  }
}
