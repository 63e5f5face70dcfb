import { FmtcError } from "./fmtc-error.ts";

const code = "BACKGROUND_UNAVAILABLE";

/** There is nothing here that could go on downloading when the app is gone. */
export class BackgroundUnavailableError extends FmtcError {
  constructor() {
    super(
      code,
      "This root has no background host. On Android, add @fmtc/background-android and give its host to openRoot({ background }); elsewhere, use startForeground: it goes on as long as the program does, and can be resumed after it.",
    );
  }

  static override isInstance(value: unknown): value is BackgroundUnavailableError {
    return FmtcError.isInstance(value) && value.code === code;
  }
}
