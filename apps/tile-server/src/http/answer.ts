import { acceptsGzip } from "./accepts-gzip.ts";
import { corsHeaders } from "./cors.ts";
import type { Exchange } from "./exchange.ts";
import { isNotModified } from "./not-modified.ts";
import { type Resource, representationOf } from "./resource.ts";
import type { Service } from "./service.ts";

/** Status, headers and body of an answer, before anything goes wrong with it. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** What the request gets of a resource: all of it, or the word that it has it already. */
export function answerWith(resource: Resource, { headers }: Exchange, { options }: Service): Answer {
  const { isCompressible, contentType } = resource;
  const representation = representationOf(resource, acceptsGzip(String(headers["accept-encoding"] ?? "")));
  const { etag, lastModified, contentEncoding, body } = representation;
  const common = {
    etag,
    "last-modified": lastModified,
    "cache-control": `public, max-age=${options.maxAgeSeconds}`,
    ...(isCompressible ? { vary: "accept-encoding" } : {}),
    ...corsHeaders(options.cors),
  };
  if (isNotModified(headers, representation)) return { status: 304, headers: common, body: Buffer.alloc(0) };
  return {
    status: 200,
    headers: {
      ...common,
      "content-type": contentType,
      "content-length": `${body.length}`,
      ...(contentEncoding === undefined ? {} : { "content-encoding": contentEncoding }),
    },
    body,
  };
}

/** An answer that is no part of the map, and that nobody is to keep. */
export function plainAnswer(
  status: number,
  body: string | Buffer,
  { options }: Service,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  const bytes = Buffer.from(body);
  return {
    status,
    headers: {
      ...(status === 204 ? {} : { "content-type": "text/plain; charset=utf-8", "content-length": `${bytes.length}` }),
      "cache-control": "no-store",
      ...corsHeaders(options.cors),
      ...headers,
    },
    body: status === 204 ? Buffer.alloc(0) : bytes,
  };
}
