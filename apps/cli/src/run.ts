import { CommanderError } from "@commander-js/extra-typings";
import { confirmOn } from "./commands/confirm-on.ts";
import { reportOf } from "./error-report.ts";
import { EXIT, type ExitCode } from "./exit-code.ts";
import { textReader } from "./files/text-reader.ts";
import { knownValues } from "./known-values.ts";
import { createOutput } from "./output/create-output.ts";
import type { Output } from "./output/output.ts";
import { createBareProgram, createProgram, type ProgramOptions } from "./program.ts";
import type { Surroundings } from "./surroundings.ts";

const NOTHING_KNOWN = { stores: [], downloads: [], sources: [] };

/** Does what a command line says. Errors become sentences and exit codes here, and nowhere else. */
export async function run(args: readonly string[], host: NodeJS.Process): Promise<ExitCode> {
  const { stdin, stdout, stderr, env } = host;
  const { quiet, json, color, debug } = globalsOf(args);
  const mode = quiet === true ? "quiet" : json === true ? "json" : "human";
  const output = createOutput({ mode, color, stdout, stderr });
  const known = args[0] === "complete" ? await knownValues(env, args) : NOTHING_KNOWN;
  let exitCode: ExitCode = EXIT.complete;
  const program = createProgram(
    (options) => async (work) => {
      const confirm = mode === "human" && stdin.isTTY && stderr.isTTY ? confirmOn(stdin, stderr) : undefined;
      const surroundings: Surroundings = { output, env, globals: options(), read: textReader(stdin), confirm };
      exitCode = await work(surroundings);
    },
    known,
  );
  try {
    await program.parseAsync(args, { from: "user" });
  } catch (error) {
    exitCode = sayError(error, output, debug === true);
  }
  const lost = await output.close();
  // What went wrong before that tells more.
  const isDone = exitCode === EXIT.complete || exitCode === EXIT.incomplete;
  return isDone && lost !== undefined ? lost : exitCode;
}

/**
 * The options of all commands, as far as they can be understood: also what is wrong with the others is to be said in the
 * way that these ask for.
 */
function globalsOf(args: readonly string[]): ProgramOptions {
  const program = createBareProgram().configureOutput({ writeOut: () => {} });
  try {
    program.parseOptions([...args]);
  } catch (error) {
    // It is thrown again, and told, when the whole is parsed.
    if (!(error instanceof CommanderError)) throw error;
  }
  return program.opts();
}

function sayError(error: unknown, output: Output, isDebug: boolean): ExitCode {
  if (error instanceof CommanderError && error.exitCode === 0) return EXIT.complete;
  // Without a command, help has been shown.
  if (error instanceof CommanderError && error.code === "commander.help") return EXIT.usage;
  const { message, code, exitCode, beside } = reportOf(error);
  const stack = isDebug && error instanceof Error ? `\n${stackOf(error)}` : "";
  const text = beside === undefined ? message : `${message}\n${beside.text}`;
  output.error(text + stack, { error: { code, message, ...beside?.value } });
  return exitCode;
}

function stackOf({ stack = "", cause }: Error): string {
  return cause instanceof Error ? `${stack}\nCaused by: ${stackOf(cause)}` : stack;
}
