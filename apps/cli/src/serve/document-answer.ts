import { hash } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { type Answer, emptyAnswer } from "./answer.ts";
import { BASE_URL_HEADERS } from "./base-url.ts";
import { isNotModified } from "./not-modified.ts";

/** A document that may change at any time: to be kept, and asked about each time. */
export function documentAnswer(
  text: string,
  headers: Readonly<Record<string, string>>,
  request: IncomingHttpHeaders,
): Answer {
  const etag = `"${hash("sha1", text, "base64url")}"`;
  // What it says depends on the name that the client knows this server by.
  const common = { etag, "cache-control": "no-cache", vary: BASE_URL_HEADERS };
  if (isNotModified(request, { etag })) return emptyAnswer(304, common);
  return { status: 200, headers: { ...common, ...headers }, body: Buffer.from(text) };
}
