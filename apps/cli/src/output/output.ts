import type { Observable } from "rxjs";

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
  /** What happens meanwhile: a line of JSON for machines; people see it by `live` or `note`. */
  readonly event: (value: object) => void;
  /** What people may like to know beside it, to standard error. */
  readonly note: (text: string) => void;
  /** What went wrong, to standard error; for machines `value` to standard output as well. */
  readonly error: (text: string, value: object) => void;
  /** Lines at the bottom of the terminal that replace those shown before; an empty text takes them away. Nothing where `isLive` is false. */
  readonly live: (text: string) => void;
  /** Emits once nobody reads standard output or standard error any more, as in `fmtc … | head -1`. What is said there is lost, quietly. */
  readonly unread$: Observable<void>;
  /** Whether more is waiting to be read than one should keep. */
  readonly isBehind: boolean;
  /** Resolves once all that has been said was taken, or nobody is there to take it. */
  readonly drained: () => Promise<void>;
  /** Takes the live lines away, and resolves as `drained` does. */
  readonly close: () => Promise<void>;
}
