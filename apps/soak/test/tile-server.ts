import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const MAIN = fileURLToPath(new URL("../../tile-server/src/main.ts", import.meta.url));

/** What became of the requests for one tile. */
export interface RequestCounts {
  readonly requests: number;
  readonly ok: number;
  readonly faulty: number;
  readonly gone: number;
}

export interface Stats {
  readonly total: RequestCounts;
  /** By path. */
  readonly tiles: Readonly<Record<string, RequestCounts>>;
}

/** The tile server, as a process of its own. */
export interface TileServer {
  readonly url: string;
  readonly stats: () => Promise<Stats>;
  readonly forgetStats: () => Promise<void>;
  /** Changes what goes wrong, by its own words. */
  readonly change: (faults: object) => Promise<void>;
  /** Nothing goes wrong any more. Returns what did. */
  readonly heal: () => Promise<object>;
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
  return {
    url,
    stats: async () => (await ask("/stats", "GET")) as Stats,
    forgetStats: async () => void (await ask("/stats", "DELETE")),
    change: async (faults) => void (await ask("/control", "PATCH", faults)),
    heal: async () => {
      const faults = (await ask("/control", "GET")) as object;
      await ask("/control", "PUT", {});
      return faults;
    },
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
