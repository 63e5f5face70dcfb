import { describe } from "./describe.ts";
import { FmtcError } from "./fmtc-error.ts";

const code = "DOWNLOAD_IN_PROGRESS";

/** Another engine owns this download, and its lease has not expired. */
export class DownloadInProgressError extends FmtcError {
  readonly download: string;
  readonly lease: { readonly owner: string; readonly epoch: number; readonly expiresAt: number };

  constructor(download: string, lease: DownloadInProgressError["lease"]) {
    super(
      code,
      `Download ${describe(download)} is in progress elsewhere. Wait for it, cancel it there, or try again when its lease has expired.`,
    );
    this.download = download;
    this.lease = lease;
  }

  static override isInstance(value: unknown): value is DownloadInProgressError {
    return FmtcError.isInstance(value) && value.code === code;
  }
}
