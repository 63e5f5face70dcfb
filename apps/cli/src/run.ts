import { CommanderError } from "@commander-js/extra-typings";
import { confirmOn } from "./commands/confirm-on.ts";
import type { Surroundings } from "./commands/surroundings.ts";
import { reportOf } from "./error-report.ts";
import { EXIT, type ExitCode } from "./exit-code.ts";
import { textReader } from "./files/text-reader.ts";
import { knownValues } from "./known-values.ts";
import { createOutput } from "./output/create-output.ts";
import type { Output } from "./output/output.ts";
import { createProgram } from "./program.ts";

/** Does what a command line says. Errors become sentences and exit codes here, and nowhere else. */
export async function run(args: readonly string[], host: NodeJS.Process): Promise<ExitCode> {
  const { stdin, stdout, stderr, env } = host;
  const given = args.slice(0, args.includes("--") ? args.indexOf("--") : undefined);
  // Also what commander cannot understand is to be said in the way that was asked for.
  const mode = given.includes("--quiet") ? "quiet" : given.includes("--json") ? "json" : "human";
  const output = createOutput({ mode, color: !given.includes("--no-color"), stdout, stderr });
  const known = args[0] === "complete" ? await knownValues(env) : { stores: [], downloads: [], sources: [] };
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
    exitCode = sayError(error, output, given.includes("--debug"));
  }
  await output.close();
  return exitCode;
}

function sayError(error: unknown, output: Output, isDebug: boolean): ExitCode {
  if (error instanceof CommanderError && error.exitCode === 0) return EXIT.complete;
  // Without a command, help has been shown.
  if (error instanceof CommanderError && error.code === "commander.help") return EXIT.usage;
  const { message, code, exitCode } = reportOf(error);
  const stack = isDebug && error instanceof Error ? `\n${stackOf(error)}` : "";
  output.error(message + stack, { error: { code, message } });
  return exitCode;
}

function stackOf({ stack = "", cause }: Error): string {
  return cause instanceof Error ? `${stack}\nCaused by: ${stackOf(cause)}` : stack;
}
