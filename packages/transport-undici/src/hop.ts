import { TransportError, type TransportResponse } from "@fmtc/core";
import { headersForStrangers } from "./request-headers.ts";

const MOST_REDIRECTS = 5;

/** One request on the way to the response: the first, or one that a redirect led to. */
export interface Hop {
  readonly url: URL;
  /** Names and values in turn. */
  readonly headers: string[];
  readonly redirects: number;
}

/** @throws TransportError */
export function firstHop(url: string, headers: string[]): Hop {
  const parsed = URL.parse(url);
  if (parsed === null || !isHttp(parsed)) {
    throw new TransportError("request", "The request's URL is not one that begins with https:// or http://.");
  }
  if (parsed.username !== "" || parsed.password !== "") {
    throw new TransportError("request", "The request's URL holds a user name. Send it by an Authorization header.");
  }
  return { url: parsed, headers, redirects: 0 };
}

/**
 * Where a response redirects to, if it does.
 *
 * @throws TransportError
 */
export function nextHop({ url, headers, redirects }: Hop, { status, headers: received }: TransportResponse) {
  const { location } = received;
  if (location === undefined || ![301, 302, 303, 307, 308].includes(status)) return undefined;
  if (redirects === MOST_REDIRECTS) throw new TransportError("redirect", "The server redirects again and again.");
  const next = URL.parse(location, url.href);
  if (next === null || !isHttp(next)) {
    throw new TransportError("redirect", "The server redirects to something that is not on the web.");
  }
  if (url.protocol === "https:" && next.protocol !== "https:") {
    throw new TransportError("redirect", "The server redirects from https to http, where anyone could read along.");
  }
  const isSame = next.origin === url.origin;
  return { url: next, headers: isSame ? headers : headersForStrangers(headers), redirects: redirects + 1 };
}

function isHttp({ protocol }: URL): boolean {
  return protocol === "https:" || protocol === "http:";
}
