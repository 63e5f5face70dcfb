import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export interface ServerProcess {
  readonly url: string;
  /** Of the tile server's control endpoint. */
  readonly controlUrl: string;
  readonly stop: () => Promise<unknown>;
}

/** Starts the tile server on a free port. */
export function startTileServerProcess(...args: string[]): Promise<ServerProcess> {
  return startServerProcess("../src/main.ts", "--port", "0", "--json", "--exit-with-stdin", ...args);
}

/** Starts a server in a process of its own, and settles when it has said in JSON where it is. */
export async function startServerProcess(script: string, ...args: string[]): Promise<ServerProcess> {
  const file = fileURLToPath(new URL(script, import.meta.url));
  const nodeArgs = ["--experimental-strip-types", "--disable-warning=ExperimentalWarning", file, ...args];
  const child = spawn(process.execPath, nodeArgs, { stdio: ["pipe", "pipe", "inherit"] });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const line = await new Promise<string>((resolve, reject) => {
    createInterface(child.stdout).once("line", resolve);
    child.once("exit", (code) => reject(new Error(`${script} ended with ${code} before it was ready.`)));
  });
  const { url, controlUrl } = JSON.parse(line);
  return {
    url,
    controlUrl,
    stop: () => {
      child.stdin.end();
      return ended;
    },
  };
}
