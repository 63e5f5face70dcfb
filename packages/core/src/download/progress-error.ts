import { FmtcError } from "../errors/fmtc-error.ts";
import type { DownloadProgress } from "../ports/download-progress.ts";

/** An error as progress tells it: plain data. */
export function progressErrorOf(error: unknown): NonNullable<DownloadProgress["error"]> {
  if (!FmtcError.isInstance(error)) return { code: undefined, message: String(error) };
  return { code: error.code, message: error.message };
}
