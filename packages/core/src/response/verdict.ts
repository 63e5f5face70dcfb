import type { TransportResponse } from "../ports/transport.ts";
import { expiryOf } from "./expiry.ts";
import { retryAfterMs } from "./retry-after.ts";
import { formatOf, MEDIA_TYPES } from "./tile-format.ts";

/**
 * What a response means.
 *
 * - `tile`: a tile, with all that a store keeps of it
 * - `unmodified`: the tile that was asked about is still good
 * - `empty`: there is nothing to see here, and that is no failure
 * - `negative`: there is no such tile, or not for us; asking again would not help
 * - `transient`: not now; asking again later may help
 * - `invalid`: it claims to be a tile and is none
 */
export type Verdict =
  | ({ readonly kind: "tile"; readonly bytes: Uint8Array<ArrayBuffer> } & Freshness)
  | ({ readonly kind: "unmodified" } & Freshness)
  | { readonly kind: "empty" }
  | { readonly kind: "negative"; readonly status: number }
  | { readonly kind: "transient"; readonly status: number; readonly retryAfterMs: number | undefined }
  | { readonly kind: "invalid"; readonly problem: string };

/** Undefined is what the response does not say. */
export interface Freshness {
  readonly expiresAt: number | undefined;
  readonly etag: string | undefined;
  readonly lastModified: string | undefined;
  readonly contentType: string | undefined;
}

export function verdictOf(response: TransportResponse, now: number): Verdict {
  const { status, headers } = response;
  if (status === 200) return readTile(response, now);
  if (status === 204) return { kind: "empty" };
  if (status === 304) return { kind: "unmodified", ...freshnessOf(headers, headers["content-type"], now) };
  if (isTransient(status)) return { kind: "transient", status, retryAfterMs: retryAfterMs(headers, now) };
  if (status >= 400) return { kind: "negative", status };
  return { kind: "invalid", problem: `The server answered with status ${status}, which is no tile.` };
}

/** 408 Request Timeout, 425 Too Early, 429 Too Many Requests, and the server's own failures. */
function isTransient(status: number): boolean {
  return status === 408 || status === 425 || status === 429 || (status >= 500 && status !== 501 && status !== 505);
}

function readTile({ headers, body }: TransportResponse, now: number): Verdict {
  const declared = headers["content-length"];
  // With a content encoding the length is that of what travelled.
  if (declared !== undefined && headers["content-encoding"] === undefined && Number(declared) !== body.length) {
    return { kind: "invalid", problem: `The body has ${body.length} bytes, and the server declared ${declared}.` };
  }
  if (body.length === 0) return { kind: "invalid", problem: "The body is empty." };
  const format = formatOf(body);
  const type = headers["content-type"];
  if (format === undefined) {
    const claim = type === undefined ? "" : `, but ${type.slice(0, 40)}`;
    return { kind: "invalid", problem: `The body is neither an image nor a vector tile${claim}.` };
  }
  const isNamed = type !== undefined && !/^(text|application\/(octet-stream|x-protobuf|json))\b/i.test(type);
  const { expiresAt, etag, lastModified, contentType } = freshnessOf(
    headers,
    isNamed ? type : MEDIA_TYPES[format],
    now,
  );
  return { kind: "tile", bytes: body, expiresAt, etag, lastModified, contentType };
}

function freshnessOf(headers: TransportResponse["headers"], contentType: string | undefined, now: number): Freshness {
  return {
    expiresAt: expiryOf(headers, now),
    etag: headers.etag,
    lastModified: headers["last-modified"],
    contentType,
  };
}
