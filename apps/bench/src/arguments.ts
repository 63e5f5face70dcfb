import { existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { parseArgs } from "node:util";
import { UsageError } from "./usage-error.ts";

export interface Arguments {
  /** Empty: all. */
  readonly names: readonly string[];
  readonly isQuick: boolean;
  readonly jsonFile: string | undefined;
  readonly wantsHelp: boolean;
}

export const USAGE = `Usage: npm run bench -- [NAME…] [--quick] [--json FILE]

  NAME         benchmarks to run; without one, all, and their results are written down
  --quick      fewer rounds, and missed goals are no failure
  --json FILE  write the results there, too
  --help       this text`;

export function parseArguments(args: readonly string[]): Arguments {
  try {
    const { positionals, values } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        quick: { type: "boolean", default: false },
        json: { type: "string" },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    const { quick: isQuick, json, help: wantsHelp } = values;
    return { names: positionals, isQuick, jsonFile: json === undefined ? undefined : fileFor(json), wantsHelp };
  } catch (error) {
    if (error instanceof UsageError) throw error;
    // What Node adds after its first sentence is about its own parser.
    const [problem = ""] = (error instanceof Error ? error.message : String(error)).split(". ");
    throw new UsageError(`${problem}.\n\n${USAGE}`);
  }
}

/** As the user wrote it, from where npm was called; refused before anything runs if it could not be written. */
function fileFor(path: string): string {
  const file = resolve(process.env.INIT_CWD ?? process.cwd(), path);
  if (existsSync(dirname(file))) return file;
  throw new UsageError(`--json ${path}: there is no folder ${dirname(file)}; make it first.`);
}
