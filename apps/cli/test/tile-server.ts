import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const MAIN = fileURLToPath(new URL("../../tile-server/src/main.ts", import.meta.url));

/** What has been asked for. */
interface Stats {
  readonly total: { readonly requests: number; readonly conditional: number; readonly notModified: number };
}

/** The tile server, as a process of its own. */
export interface TileServer {
  readonly url: string;
  /** The template of its tiles. */
  readonly tiles: string;
  readonly requests: () => Promise<number>;
  readonly stats: () => Promise<Stats>;
  /** What goes wrong, by its own words. Nothing does with `{}`. */
  readonly set: (faults: object) => Promise<void>;
  readonly forgetStats: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

export async function startTileServer(...options: readonly string[]): Promise<TileServer> {
  const child = spawn(
    process.execPath,
    [
      "--experimental-strip-types",
      "--disable-warning=ExperimentalWarning",
      MAIN,
      ...["--port", "0", "--json", "--exit-with-stdin"],
      ...options,
    ],
    { stdio: ["pipe", "pipe", "inherit"] },
  );
  const { url, controlUrl } = await readyLine(child);
  const ask = async (path: string, method: string, body?: object) => {
    const response = await fetch(controlUrl + path, { method, ...(body && { body: JSON.stringify(body) }) });
    const answer: unknown = await response.json();
    if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
    return answer;
  };
  const stats = async () => (await ask("/stats", "GET")) as Stats;
  return {
    url,
    tiles: `${url}/xyz/{z}/{x}/{y}.png`,
    stats,
    requests: async () => (await stats()).total.requests,
    set: async (faults) => void (await ask("/control", "PUT", faults)),
    forgetStats: async () => void (await ask("/stats", "DELETE")),
    stop: async () => {
      const ended = once(child, "close");
      child.stdin?.end();
      await ended;
    },
  };
}

async function readyLine(child: ChildProcess): Promise<{ readonly url: string; readonly controlUrl: string }> {
  if (child.stdout === null) throw new Error("The server has no standard output.");
  for await (const line of createInterface(child.stdout)) return JSON.parse(line);
  throw new Error("The server ended before it was ready.");
}
