import type { IncomingMessage, ServerResponse } from "node:http";
import { corsHeaders } from "../http/cors.ts";
import { representationOf } from "../http/resource.ts";
import type { Service } from "../http/service.ts";
import type { PendingRequest, RequestEnd } from "../stats/pending-request.ts";
import type { Tile } from "../tile.ts";
import { SAMPLE } from "./sample.ts";
import { sampleIndexOfPath } from "./sample-index-of-path.ts";

interface Prepared {
  readonly body: Buffer;
  readonly etag: string;
  /** As names and values in turn: Node sends them as they are. */
  readonly headers: string[];
  readonly headersNotModified: string[];
}

/**
 * Answers GET /xyz/Z/X/Y.png from the sample, drawn beforehand, as quickly as Node can; says whether it did. What it
 * leaves to others gets the same pictures: requests while there are faults or a log is kept, or with a date.
 */
export function throughputLane(
  service: Omit<Service, "door">,
): (request: IncomingMessage, response: ServerResponse) => boolean {
  const prepared = SAMPLE.map((tile) => prepare(service, tile));
  const { stats, faults, options } = service;
  return (request, response) => {
    const path = request.url ?? "";
    if (request.method !== "GET" || !faults.isIdle || options.log) return false;
    const tile = prepared[sampleIndexOfPath(path)];
    if (tile === undefined || headerOf(request.rawHeaders, "if-modified-since") !== undefined) return false;

    const ifNoneMatch = headerOf(request.rawHeaders, "if-none-match");
    if (ifNoneMatch !== undefined && ifNoneMatch !== tile.etag) return false;
    const pending = stats.countRequest(path, ifNoneMatch !== undefined);
    if (ifNoneMatch === undefined) {
      response.writeHead(200, tile.headers);
      response.end(tile.body);
      whenOver(response, pending, "ok", tile.body.length);
    } else {
      response.writeHead(304, tile.headersNotModified);
      response.end();
      whenOver(response, pending, "notModified", 0);
    }
    return true;
  };
}

/** Mostly the system has taken all of an answer by the time it is ended, and nobody has to wait for an event. */
function whenOver(response: ServerResponse, pending: PendingRequest, how: RequestEnd, bytes: number): void {
  const { socket } = response;
  if (socket !== null && !socket.destroyed && response.writableLength === 0) {
    pending.end(how, bytes);
  } else {
    response.once("finish", () => pending.end(how, bytes));
    response.once("close", () => pending.end("gone", 0));
  }
}

function prepare({ rasterTiles, options }: Omit<Service, "door">, tile: Tile): Prepared {
  const style = { format: "png", size: 256, scale: 1, graticule: false, label: false, version: 1 } as const;
  const drawn = rasterTiles(tile, style);
  const resource = { body: drawn, contentType: "image/png", version: 1, isCompressible: false };
  const { body, etag, lastModified } = representationOf(resource, false);
  const kept = [
    "etag",
    etag,
    "last-modified",
    lastModified,
    "cache-control",
    `public, max-age=${options.maxAgeSeconds}`,
  ];
  const headersNotModified = [...kept, ...Object.entries(corsHeaders(options.cors)).flat()];
  const headers = ["content-type", "image/png", "content-length", `${body.length}`, ...headersNotModified];
  return { body, etag, headers, headersNotModified };
}

function headerOf(rawHeaders: readonly string[], name: string): string | undefined {
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const key = rawHeaders[i];
    if (key?.length === name.length && key.toLowerCase() === name) return rawHeaders[i + 1];
  }
  return undefined;
}
