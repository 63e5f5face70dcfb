import { TransportError, type TransportResponse } from "@fmtc/core";
import { headersForStrangers } from "./request-headers.ts";

const MOST_REDIRECTS = 5;

/** One request on the way to the response: the first, or one that a redirect led to. */
export interface Hop {
  readonly origin: string;
  /** With the query. */
  readonly path: string;
  /** Names and values in turn. */
  readonly headers: string[];
  readonly redirects: number;
}

/** A path that a URL keeps as it is, if no part of it begins with a dot. */
const PLAIN_PATH = /^[\w\-.~/,:;=@&+!*?]*$/;

/**
 * `known` has the origins that were read before: with all that can be in a URL, to read one takes as long as to send it.
 *
 * @throws TransportError
 */
export function firstHop(url: string, headers: string[], known: { has(origin: string): boolean }): Hop {
  const end = url.indexOf("/", "https://".length);
  const origin = url.slice(0, end);
  const path = url.slice(end);
  if (end > 0 && known.has(origin) && PLAIN_PATH.test(path) && !path.includes("/.")) {
    return { origin, path, headers, redirects: 0 };
  }
  const parsed = URL.parse(url);
  if (parsed === null || !isHttp(parsed)) {
    throw new TransportError("request", "The request's URL is not one that begins with https:// or http://.");
  }
  if (parsed.username !== "" || parsed.password !== "") {
    throw new TransportError("request", "The request's URL holds a user name. Send it by an Authorization header.");
  }
  return { ...placeOf(parsed), headers, redirects: 0 };
}

/**
 * Where a response redirects to, if it does.
 *
 * @throws TransportError
 */
export function nextHop(
  { origin, path, headers, redirects }: Hop,
  { status, headers: received }: TransportResponse,
): Hop | undefined {
  const { location } = received;
  if (location === undefined || ![301, 302, 303, 307, 308].includes(status)) return undefined;
  if (redirects === MOST_REDIRECTS) throw new TransportError("redirect", "The server redirects again and again.");
  const next = URL.parse(location, origin + path);
  if (next === null || !isHttp(next)) {
    throw new TransportError("redirect", "The server redirects to something that is not on the web.");
  }
  if (origin.startsWith("https:") && next.protocol !== "https:") {
    throw new TransportError("redirect", "The server redirects from https to http, where anyone could read along.");
  }
  const isSame = next.origin === origin;
  return { ...placeOf(next), headers: isSame ? headers : headersForStrangers(headers), redirects: redirects + 1 };
}

function placeOf({ origin, pathname, search }: URL): Pick<Hop, "origin" | "path"> {
  return { origin, path: pathname + search };
}

function isHttp({ protocol }: URL): boolean {
  return protocol === "https:" || protocol === "http:";
}
