import { FmtcError } from "@fmtc/core";

const code = "TRACK_INVALID";

/** A text is not the GPX or KML it should be, or nothing in it makes a region. */
export class TrackError extends FmtcError {
  /** The line of the text where it shows, counted from 1; undefined where it is about the whole. */
  readonly line: number | undefined;

  constructor(message: string, { line, cause }: { line?: number; cause?: unknown } = {}) {
    super(code, line === undefined ? message : `line ${line}: ${message}`, cause === undefined ? {} : { cause });
    this.line = line;
  }

  static override isInstance(value: unknown): value is TrackError {
    return FmtcError.isInstance(value) && value.code === code;
  }
}
