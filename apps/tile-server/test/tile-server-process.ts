import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

const main = fileURLToPath(new URL("../src/main.ts", import.meta.url));

export interface TileServerProcess {
  readonly child: ChildProcess;
  /** The first line it prints. */
  readonly firstLine: Promise<string>;
  /** All it has printed, once it has ended. */
  readonly ended: Promise<{ code: number | null; signal: string | null; stdout: string; stderr: string }>;
}

/** The server as its users start it: a process of its own. */
export function startProcess(...args: string[]): TileServerProcess {
  const nodeArgs = ["--experimental-strip-types", "--disable-warning=ExperimentalWarning", main];
  const child = spawn(process.execPath, [...nodeArgs, ...args], { stdio: ["pipe", "pipe", "pipe"] });
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  let [stdout, stderr] = ["", ""];
  const firstLine = new Promise<string>((resolve) => createInterface(child.stdout).once("line", resolve));
  child.stdout.on("data", (part) => {
    stdout += part;
  });
  child.stderr.on("data", (part) => {
    stderr += part;
  });
  const ended = new Promise<Awaited<TileServerProcess["ended"]>>((resolve) => {
    child.once("close", (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
  return { child, firstLine, ended };
}
