import type { ExitCode } from "./exit-code.ts";
import type { TextReader } from "./files/text-reader.ts";
import type { Output } from "./output/output.ts";
import type { GlobalOptions } from "./settings.ts";

/** What a command has to work with, beside its own options. */
export interface Surroundings {
  readonly output: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly globals: GlobalOptions;
  /** Reads files that options name, and standard input. */
  readonly read: TextReader;
  /** Asks the user something that is answered by yes or no; undefined where nobody is there to answer. */
  readonly confirm: ((question: string) => Promise<Answer>) | undefined;
}

/** To a question; by Ctrl-C it is interrupted. */
export type Answer = "yes" | "no" | "interrupted";

/** Does the work of a command, and keeps its exit code. */
export type Perform = (work: (surroundings: Surroundings) => Promise<ExitCode>) => Promise<void>;
