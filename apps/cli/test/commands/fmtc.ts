import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

export const MAIN = fileURLToPath(new URL("../../src/main.ts", import.meta.url));
export const FLAGS = [
  "--experimental-strip-types",
  "--disable-warning=ExperimentalWarning",
  "--conditions=@fmtc/source",
];

/** How a run of the program has ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

export interface RunOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>> | undefined;
  readonly stdin?: string | undefined;
  /** An open file that takes standard output. */
  readonly stdout?: number | undefined;
}

/** Starts `fmtc` as a process of its own, which knows nothing of who runs the tests. */
export function startFmtc(args: readonly string[], { cwd, env, stdin = "", stdout: file }: RunOptions): Running {
  // With the cache it starts in half the time.
  const { PATH = "", SystemRoot, NODE_COMPILE_CACHE } = process.env;
  const child = spawn(process.execPath, [...FLAGS, MAIN, ...args], {
    cwd,
    stdio: ["pipe", file ?? "pipe", "pipe"],
    env: {
      PATH,
      ...(SystemRoot && { SystemRoot }),
      ...(NODE_COMPILE_CACHE && { NODE_COMPILE_CACHE }),
      HOME: cwd,
      XDG_DATA_HOME: cwd,
      LOCALAPPDATA: cwd,
      ...env,
    },
  });
  let stdout = "";
  let stderr = "";
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  child.stdin?.on("error", () => {}).end(stdin);
  const ended = once(child, "close").then(() => ({ code: child.exitCode, stdout, stderr }));
  return { child, ended };
}

export function fmtc(args: readonly string[], options: RunOptions): Promise<Ended> {
  return startFmtc(args, options).ended;
}
