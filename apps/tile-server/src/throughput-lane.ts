import type { IncomingMessage, ServerResponse } from "node:http";
import { corsHeaders } from "./http/cors.ts";
import { etagOf } from "./http/resource.ts";
import type { Service } from "./http/service.ts";
import { isOnTheMap, type Tile } from "./tile.ts";

interface Prepared {
  readonly body: Buffer;
  readonly etag: string;
  /** As names and values in turn: Node sends them as they are. */
  readonly headers: readonly string[];
  readonly headersNotModified: readonly string[];
}

/** The tiles of these zooms are drawn beforehand. */
const ZOOMS = [2, 3, 4];

/**
 * Answers GET /xyz/Z/X/Y.png from pictures drawn beforehand, as quickly as Node can; says whether it did. The same
 * address always gets the same one. While there are faults, or a log is kept, it leaves everything to others.
 */
export async function throughputLane(
  service: Service,
): Promise<(request: IncomingMessage, response: ServerResponse) => boolean> {
  const prepared = await prepare(service);
  const { stats, faults, options } = service;
  const isOpen = () => faults.isIdle && !options.log;
  return (request, response) => {
    const path = request.url ?? "";
    if (request.method !== "GET" || !isOpen()) return false;
    const number = tileNumber(path);
    if (number < 0) return false;
    const tile = prepared[number % prepared.length];
    if (tile === undefined) return false;

    const ifNoneMatch = headerOf(request.rawHeaders, "if-none-match");
    stats.countRequest(path, ifNoneMatch !== undefined);
    if (ifNoneMatch === tile.etag) {
      stats.countAnswer(path, "notModified", 0);
      response.writeHead(304, [...tile.headersNotModified]).end();
    } else {
      stats.countAnswer(path, "ok", tile.body.length);
      response.writeHead(200, [...tile.headers]).end(tile.body);
    }
    return true;
  };
}

async function prepare({ rasterTiles, options }: Service): Promise<Prepared[]> {
  const style = { format: "png", size: 256, scale: 1, graticule: false, label: false, version: 1 } as const;
  const prepared: Prepared[] = [];
  for (const tile of ZOOMS.flatMap(tilesAt)) {
    const body = await rasterTiles(tile, style);
    const etag = etagOf(body);
    const cors = Object.entries(corsHeaders(options.cors)).flat();
    const headersNotModified = ["etag", etag, "cache-control", `public, max-age=${options.maxAgeSeconds}`, ...cors];
    const headers = ["content-type", "image/png", "content-length", `${body.length}`, ...headersNotModified];
    prepared.push({ body, etag, headers, headersNotModified });
  }
  return prepared;
}

function tilesAt(z: number): Tile[] {
  const width = 2 ** z;
  return Array.from({ length: width * width }, (_, i) => ({ z, x: i % width, y: Math.floor(i / width) }));
}

const SLASH = 47;
const ZERO = 48;

/** A number for the tile that "/xyz/Z/X/Y.png" names; negative for any other path, and tiles outside of the map. */
function tileNumber(path: string): number {
  if (!path.startsWith("/xyz/") || !path.endsWith(".png")) return -1;
  const numbers = [0, 0, 0];
  let which = 0;
  let digits = 0;
  for (let i = 5; i < path.length - 4; i++) {
    const code = path.charCodeAt(i);
    if (code === SLASH) {
      if (digits === 0 || which === 2) return -1;
      which++;
      digits = 0;
    } else {
      const digit = code - ZERO;
      // A leading zero is left to the others to refuse.
      if (digit < 0 || digit > 9 || digits > 7 || (digits === 1 && numbers[which] === 0)) return -1;
      numbers[which] = (numbers[which] ?? 0) * 10 + digit;
      digits++;
    }
  }
  const [z = 0, x = 0, y = 0] = numbers;
  if (which !== 2 || digits === 0 || !isOnTheMap({ z, x, y })) return -1;
  return (Math.imul(Math.imul(z, 0x9e3779b1) ^ x, 0x85ebca6b) + Math.imul(y, 0xc2b2ae35)) & 0x7fffffff;
}

function headerOf(rawHeaders: readonly string[], name: string): string | undefined {
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const key = rawHeaders[i];
    if (key?.length === name.length && key.toLowerCase() === name) return rawHeaders[i + 1];
  }
  return undefined;
}
