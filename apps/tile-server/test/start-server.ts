import { request } from "undici";
import { onTestFinished } from "vitest";
import type { Faults } from "../src/faults/faults.ts";
import { parseFaults } from "../src/faults/parse-faults.ts";
import type { ServerOptions } from "../src/server-options.ts";
import { startTileServer, type TileServer } from "../src/start-tile-server.ts";
import type { StatsReport } from "../src/stats/stats.ts";

/** A server on a free port, with a log, that ends with the test. Faults as the control endpoint takes them. */
export async function startServer({
  faults = {},
  ...options
}: Partial<Omit<ServerOptions, "faults">> & { faults?: object } = {}): Promise<TileServer> {
  const server = await startTileServer({ port: 0, log: true, ...options, faults: parseFaults(faults) });
  onTestFinished(() => server.close());
  return server;
}

export interface Fetched {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
}

/** One request over HTTP/1.1, its body read to the end. */
export async function get(
  { url }: { url: string },
  path: string,
  headers: Record<string, string> = {},
  method = "GET",
): Promise<Fetched> {
  const { statusCode, headers: received, body } = await request(`${url}${path}`, { method, headers });
  return {
    status: statusCode,
    headers: Object.fromEntries(Object.entries(received).map(([name, value]) => [name, value?.toString()])),
    body: Buffer.from(await body.arrayBuffer()),
  };
}

type ControlAnswer = Partial<Faults & StatsReport & { readonly error: string }>;

/** Changes the faults as someone outside would. */
export async function control(
  { url }: { url: string },
  method: string,
  body?: object,
  path = "/control",
): Promise<{ status: number; json: ControlAnswer }> {
  const { statusCode, body: answer } = await request(`${url}${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: statusCode, json: (await answer.json()) as ControlAnswer };
}
