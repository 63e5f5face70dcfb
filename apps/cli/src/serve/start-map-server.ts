import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { hostname } from "node:os";
import type { TileSource, TileStore } from "@fmtc/core";
import type { Answer } from "./answer.ts";
import { answerNonsense } from "./answer-nonsense.ts";
import { answerRequest } from "./answer-request.ts";
import { baseUrlsOf } from "./base-urls-of.ts";
import { FOR_ALL_ORIGINS } from "./cross-origin.ts";
import { failureAnswer } from "./failure-answer.ts";
import type { MapService } from "./map-service.ts";
import { ReadThrough, type ReadThroughOptions } from "./read-through.ts";
import { sendRaw } from "./send-raw.ts";
import { StoreContents } from "./store-contents.ts";
import { type TileAddress, tileAddresses } from "./tile-addresses.ts";
import { within } from "./within.ts";

/** For a connection on which nothing moves, such as that of a client that does not read: longer than a transport waits. */
const IDLE_MS = 120_000;
/** How long answers that are under way may take when the server closes. */
const GRACE_MS = 2_000;

export interface MapServerOptions {
  readonly store: TileStore;
  /** The names of those it gives. Default: all, those created later included. */
  readonly stores?: readonly string[] | undefined;
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
  /** What is known of sources, such as their attribution; those that are read through need not be among them. */
  readonly sources?: readonly TileSource[] | undefined;
  readonly readThrough?: (ReadThroughOptions & { readonly origins?: readonly string[] | undefined }) | undefined;
  /** Hears of what went wrong here, such as a full disk; clients are only told that something has. */
  readonly report?: ((error: unknown) => void) | undefined;
  /** How long a connection may last on which nothing moves. */
  readonly idleMs?: number | undefined;
}

export interface MapServer {
  /** Such as `http://127.0.0.1:8080`; the first is for others, if any is. */
  readonly urls: readonly [string, ...string[]];
  /** Of all there is to see, as of now. */
  readonly addresses: () => Promise<readonly TileAddress[]>;
  /** Ends what is under way within seconds. What has been fetched is kept then; store and transport stay open. */
  readonly close: () => Promise<void>;
}

/**
 * Gives the tiles of stores to maps, over HTTP.
 *
 * @throws the system's error if it cannot listen there, with a `code` such as EADDRINUSE.
 */
export async function startMapServer(options: MapServerOptions): Promise<MapServer> {
  const { host, port, idleMs = IDLE_MS, report = () => {} } = options;
  let ownUrl = "";
  const service = serviceOf(options, () => ownUrl, report);
  const underWay = new Set<Promise<unknown>>();
  // That it is missing is told as all else is.
  const server = createServer({ requireHostHeader: false }, (request, response) => {
    const ended = new Promise((resolve) => response.once("close", resolve)).finally(() => underWay.delete(ended));
    underWay.add(ended);
    void handle(request, response, service);
  });
  server.timeout = idleMs;
  server.on("clientError", answerNonsense);
  server.on("connect", async (request, socket) => {
    socket.on("error", () => socket.destroy());
    sendRaw(await answerOf(request, new AbortController().signal, service), socket);
  });
  server.listen({ host, port });
  await once(server, "listening");
  const urls = baseUrlsOf(server.address() as AddressInfo);
  ownUrl = urls[0];

  let closed: Promise<void> | undefined;
  const close = async () => {
    await service.readThrough?.close();
    // Node takes a connection for idle, and ends it, while the last bytes of its answer still wait to be sent.
    await within(GRACE_MS, Promise.all(underWay));
    const ended = once(server, "close");
    server.close();
    server.closeAllConnections();
    await ended;
  };
  return {
    urls,
    addresses: async () => {
      const found: TileAddress[] = [];
      for (const name of await service.stores()) found.push(...(await tileAddresses(service, name)));
      return found;
    },
    close: () => {
      closed ??= close();
      return closed;
    },
  };
}

function serviceOf(options: MapServerOptions, ownUrl: () => string, report: (error: unknown) => void): MapService {
  const { store, stores, host, sources = [], readThrough } = options;
  const served = stores && new Set(stores);
  const isServed = (name: string) => name !== "" && served?.has(name) !== false;
  const ownName = hostname().toLowerCase();
  return {
    store,
    contents: new StoreContents(store),
    stores: async () => (await store.stores.list()).filter(isServed),
    isServed,
    known: new Map([...sources, ...(readThrough?.sources ?? [])].map((source) => [source.id, source])),
    readThrough: readThrough && new ReadThrough(readThrough, store, report),
    trust: {
      hosts: new Set([host.toLowerCase(), ownName, `${ownName}.local`]),
      origins: new Set(readThrough?.origins),
    },
    ownUrl,
    report,
  };
}

async function handle(request: IncomingMessage, response: ServerResponse, service: MapService): Promise<void> {
  const leaving = new AbortController();
  response.once("close", () => leaving.abort());
  const answer = await answerOf(request, leaving.signal, service);
  if (response.destroyed) return;
  // What a client sends along is not for here.
  request.resume();
  const { status, body } = answer;
  const length = status === 204 || status === 304 ? {} : { "content-length": `${body.length}` };
  response.writeHead(status, { ...FOR_ALL_ORIGINS, ...answer.headers, ...length });
  if (request.method === "HEAD" || body.length === 0) response.end();
  else response.end(body);
}

async function answerOf(request: IncomingMessage, signal: AbortSignal, service: MapService): Promise<Answer> {
  const { method = "", url: target = "", headers, httpVersion: version } = request;
  try {
    return await answerRequest({ method, target, headers, version, signal }, service);
  } catch (error) {
    return failureAnswer(error, service.report);
  }
}
