import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { DemoError } from "../demo-error.ts";
import type { Children } from "./children.ts";
import { getJson } from "./get-json.ts";

const MAIN = fileURLToPath(new URL("../../../tile-server/src/main.ts", import.meta.url));

/** What the server counts. */
export interface RequestStats {
  readonly total: { readonly requests: number };
  /** By path. */
  readonly tiles: Readonly<Record<string, { readonly requests: number }>>;
}

/** The tile server of this repository, as a process on a free port. */
export interface TileServer {
  readonly url: string;
  /** @throws DemoError if it cannot be asked */
  readonly stats: () => Promise<RequestStats>;
  /** Resolves when it ends without having been stopped: a download would wait for it for good. */
  readonly lost: Promise<void>;
  /** Returns when it has ended. */
  readonly stop: () => Promise<void>;
}

export async function startTileServer(children: Children, latencyMs: number): Promise<TileServer> {
  const words = [MAIN, "--port", "0", "--json", "--exit-with-stdin", "--latency", `${latencyMs}`];
  const child = children.start(words, { stdio: ["pipe", "pipe", "inherit"] });
  const closed = once(child, "close");
  const { url, controlUrl } = await readyLine(child);
  let isStopped = false;
  return {
    url,
    stats: async () => (await getJson(`${controlUrl}/stats`)) as RequestStats,
    lost: closed.then(() => (isStopped ? new Promise<never>(() => {}) : undefined)),
    stop: async () => {
      isStopped = true;
      child.stdin?.end();
      await closed;
    },
  };
}

async function readyLine(child: ChildProcess): Promise<{ readonly url: string; readonly controlUrl: string }> {
  if (child.stdout !== null) {
    for await (const line of createInterface(child.stdout)) return JSON.parse(line);
  }
  throw new DemoError("The tile server ended before it was ready: its own words are above.");
}
