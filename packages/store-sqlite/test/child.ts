import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { inject, onTestFinished } from "vitest";

/** A process of its own that runs a script of `children/`. */
export interface Child {
  /** What it prints, line by line. */
  readonly lines: AsyncIterableIterator<string>;
  readonly kill: () => void;
  /** Waits for its end: its exit code, or the signal that ended it, and what it wrote to its standard error. */
  readonly ended: Promise<{ readonly how: number | string | null; readonly errors: string }>;
}

export interface ChildOptions {
  /** A command that runs the rest of its arguments as a command. */
  readonly wrapper?: readonly string[];
}

export function startChild(
  script: string,
  args: readonly (string | number)[],
  { wrapper = [] }: ChildOptions = {},
): Child {
  const [command = "", ...rest] = [
    ...wrapper,
    process.execPath,
    "--disable-warning=ExperimentalWarning",
    join(inject("builtChildren"), `${script}.js`),
    ...args.map(String),
  ];
  const child = spawn(command, rest, { stdio: ["ignore", "pipe", "pipe"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  let errors = "";
  child.stderr.on("data", (data) => {
    errors += data;
  });
  const ended = once(child, "close").then(([code, signal]) => ({ how: code ?? signal, errors }));
  return {
    lines: createInterface(child.stdout)[Symbol.asyncIterator](),
    kill: () => void child.kill("SIGKILL"),
    ended,
  };
}

/** Runs a script to its end: the lines that it printed. @throws if it does not end well. */
export async function runChild(
  script: string,
  args: readonly (string | number)[],
  options?: ChildOptions,
): Promise<string[]> {
  const child = startChild(script, args, options);
  const lines: string[] = [];
  for await (const line of child.lines) lines.push(line);
  const { how, errors } = await child.ended;
  if (how !== 0) throw new Error(`The child ${script} ended with ${how}: ${errors}`);
  return lines;
}
