import { describe } from "./describe.ts";
import { FmtcError } from "./fmtc-error.ts";

const code = "DOWNLOAD_DUPLICATE";

/** The same region is being downloaded into the same store already. */
export class DuplicateDownloadError extends FmtcError {
  /** The id of the one that there is. */
  readonly download: string;
  readonly store: string;

  constructor(download: string, store: string) {
    super(
      code,
      `Download ${describe(download)} is already getting this region into store ${describe(store)}. Wait for it, resume or cancel it; or start another all the same, with allowDuplicate: true.`,
    );
    this.download = download;
    this.store = store;
  }

  static override isInstance(value: unknown): value is DuplicateDownloadError {
    return FmtcError.isInstance(value) && value.code === code;
  }
}
