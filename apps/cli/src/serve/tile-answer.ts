import { hash } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import type { StoredTile } from "@fmtc/core";
import { acceptsGzip } from "./accepts-gzip.ts";
import { type Answer, emptyAnswer, textAnswer } from "./answer.ts";
import { isNotModified } from "./not-modified.ts";
import { endingsOf, type TileType, typeOf } from "./tile-type.ts";

const unpack = promisify(gunzip);
/** A vector tile that unpacks to more is a bomb. */
const MOST_UNPACKED_BYTES = 100_000_000;
/** For tiles of which the server has not said how long they are good. */
const SHORT_SECONDS = 60;
const LONGEST_SECONDS = 365 * 86_400;
const ETAG = /^(W\/)?"[\x21\x23-\x7e\x80-\xff]*"$/;

/** A tile as the client gets it: all of it, or the word that it has it already, or that it is of another type. */
export async function tileAnswer(
  tile: StoredTile,
  ending: string | undefined,
  request: IncomingHttpHeaders,
  now: number,
): Promise<Answer> {
  const type = typeOf(tile.bytes, tile.contentType);
  const endings = endingsOf(type.mediaType);
  if (ending !== undefined && endings.length > 0 && !endings.includes(ending)) {
    return textAnswer(404, `This tile is ${type.mediaType}: its address ends in .${endings[0]}, or in nothing.`);
  }
  // Whoever cannot read the tile as it is kept gets another sequence of bytes, which needs another tag.
  const isUnpacked = type.isGzip && !acceptsGzip(request["accept-encoding"]);
  const etag = isUnpacked ? weak(etagOf(tile)) : etagOf(tile);
  const lastModified = lastModifiedOf(tile, now);
  const common = {
    etag,
    ...(lastModified !== undefined && { "last-modified": lastModified }),
    "cache-control": cacheControlOf(tile, now),
    ...(type.isGzip && { vary: "accept-encoding" }),
  };
  if (isNotModified(request, { etag, lastModified })) return emptyAnswer(304, common);
  const body = isUnpacked ? await unpacked(tile.bytes) : tile.bytes;
  if (body === undefined) return textAnswer(500, "This tile is damaged: it cannot be unpacked.");
  return {
    status: 200,
    headers: {
      ...common,
      "content-type": contentTypeOf(tile, type),
      ...(type.isGzip && !isUnpacked && { "content-encoding": "gzip" }),
      // A tile is looked at within a map. Opened as a page of its own it can do nothing, whatever its server has sent.
      "content-security-policy": "default-src 'none'; sandbox",
      "x-content-type-options": "nosniff",
    },
    body,
  };
}

/** The server's own, else one of the bytes. */
function etagOf({ etag, bytes }: StoredTile): string {
  return etag !== undefined && ETAG.test(etag) ? etag : `"${hash("sha1", bytes, "base64url")}"`;
}

function weak(etag: string): string {
  return etag.startsWith("W/") ? etag : `W/${etag}`;
}

/** As its server said, else since when it is here. Times to come are no answer (RFC 9110, §8.8.2.1). */
function lastModifiedOf({ lastModified, storedAt }: StoredTile, now: number): string | undefined {
  const said = Date.parse(lastModified ?? "");
  const time = Number.isNaN(said) ? storedAt : said;
  return time <= now ? new Date(time).toUTCString() : undefined;
}

function cacheControlOf({ expiresAt }: StoredTile, now: number): string {
  if (expiresAt === undefined) return `public, max-age=${SHORT_SECONDS}`;
  const seconds = Math.min(Math.floor((expiresAt - now) / 1000), LONGEST_SECONDS);
  return seconds > 0 ? `public, max-age=${seconds}` : "no-cache";
}

function contentTypeOf({ contentType }: StoredTile, { mediaType }: TileType): string {
  const isSendable = contentType !== undefined && /^[\w.+-]+\/[\w.+-]+(;[\x20-\x7e]*)?$/.test(contentType);
  return isSendable ? contentType : (mediaType ?? "application/octet-stream");
}

/** Undefined if it is no gzip. */
async function unpacked(bytes: Uint8Array): Promise<Uint8Array | undefined> {
  try {
    return await unpack(bytes, { maxOutputLength: MOST_UNPACKED_BYTES });
  } catch {
    return undefined;
  }
}
