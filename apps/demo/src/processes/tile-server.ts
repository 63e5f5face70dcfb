import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { DemoError } from "../demo-error.ts";
import type { Children } from "./children.ts";

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
  readonly stats: () => Promise<RequestStats>;
  /** Rejects when it ends without having been stopped: a download would wait for it for good. */
  readonly lost: Promise<never>;
  /** Returns when nobody listens any more. */
  readonly stop: () => Promise<void>;
}

export async function startTileServer(children: Children, latencyMs: number): Promise<TileServer> {
  const words = [MAIN, "--port", "0", "--json", "--exit-with-stdin", "--latency", `${latencyMs}`];
  const child = children.start(words, { stdio: ["pipe", "pipe", "inherit"] });
  const closed = once(child, "close");
  const { url, controlUrl } = await readyLine(child);
  let isStopped = false;
  const lost = closed.then(() => {
    if (isStopped) return new Promise<never>(() => {});
    throw new DemoError("The tile server has ended in the middle of the demo: its own words, if any, are above.");
  });
  // Whether anybody waits for it or not.
  lost.catch(() => {});
  return {
    url,
    lost,
    stats: async () => {
      const response = await fetch(`${controlUrl}/stats`);
      return (await response.json()) as RequestStats;
    },
    stop: async () => {
      isStopped = true;
      child.stdin?.end();
      await closed;
      if (await answers(url)) throw new DemoError(`The tile server has ended, but something answers at ${url}.`);
    },
  };
}

async function readyLine(child: ChildProcess): Promise<{ readonly url: string; readonly controlUrl: string }> {
  if (child.stdout !== null) {
    for await (const line of createInterface(child.stdout)) return JSON.parse(line);
  }
  throw new DemoError("The tile server ended before it was ready: its own words are above.");
}

async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    () => true,
    () => false,
  );
}
