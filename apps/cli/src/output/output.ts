import type { Observable } from "rxjs";
import type { ExitCode } from "../exit-code.ts";

/** Where a command says what it has to say: to people, to machines, or hardly anything. */
export interface Output {
  readonly mode: "human" | "json" | "quiet";
  /** Whether people look at standard error live, at a terminal. */
  readonly isLive: boolean;
  /** Whether they like colours there. */
  readonly color: boolean;
  /** How many columns standard error has now. */
  readonly width: number;
  /** What was asked for, to standard output: `text` for people, `value` as a line of JSON for machines. */
  readonly result: (text: string, value: object) => void;
  /** What happens while it runs: a line of JSON for machines. People are told by `live` or `note`. */
  readonly event: (value: object) => void;
  /** What people may like to know apart from the result, to standard error. */
  readonly note: (text: string) => void;
  /** What went wrong, to standard error; for machines `value` to standard output as well. */
  readonly error: (text: string, value: object) => void;
  /** Shows these lines at the bottom of the terminal, instead of those before; an empty text shows none. Nothing where `isLive` is false. */
  readonly live: (text: string) => void;
  /**
   * Emits once, when standard output or standard error cannot be written any more, with the exit code for it: `unread` if
   * nobody reads it, as in `fmtc … | head -1`, or `error`, as on a full disk, which has been said by then.
   */
  readonly lost$: Observable<ExitCode>;
  /** Whether the reader of standard output is so slow that what waits for it fills memory. */
  readonly isBehind: boolean;
  /** Resolves once all that has been said was taken, or is lost. */
  readonly drained: () => Promise<void>;
  /** Takes the live lines away and waits as `drained` does. Resolves with the code of `lost$`, or undefined if nothing was lost. */
  readonly close: () => Promise<ExitCode | undefined>;
}
