import type { IncomingHttpHeaders } from "node:http";
import { isIP } from "node:net";
import type { Trust } from "./map-service.ts";

/**
 * Whether a request may have the source's server asked, with the user's key and into the user's file. What is in the file
 * is for everyone; but any page that the user looks at can send requests to this machine, so they must not come
 *
 * - by a name that is none of this machine's, as when a page has pointed its own name here (DNS rebinding);
 * - from a page of another site, or from a browser that does not tell of which. Pages on this machine may, and programs.
 */
export function mayAskServer(headers: IncomingHttpHeaders, trust: Trust): boolean {
  const host = hostNameOf(`http://${headers.host ?? ""}`);
  if (host === undefined || !(isAddress(host) || isLocalName(host) || trust.hosts.has(host))) return false;
  const page = pageOf(headers);
  if (page === undefined || trust.origins.has(page)) return true;
  const from = hostNameOf(page);
  return from !== undefined && (from === host || isLoopback(from) || isLocalName(from));
}

/** The origin of the page that a request comes from; undefined if from none, "null" if it does not tell. */
function pageOf({
  origin,
  referer,
  "sec-fetch-site": site,
  "user-agent": userAgent,
}: IncomingHttpHeaders): string | undefined {
  if (origin !== undefined) return origin;
  // By the page that the server gives itself, or from the address bar.
  if (site === "same-origin" || site === "none") return undefined;
  if (referer !== undefined) return URL.canParse(referer) ? new URL(referer).origin : "null";
  return site === undefined && !isBrowser(userAgent) ? undefined : "null";
}

/**
 * Over plain HTTP to another machine, browsers leave `Sec-Fetch-Site` out, and a page can have them leave out the rest. It
 * cannot have them name themselves otherwise. QGIS is no browser, and "Mozilla/5.0 QGIS/34000".
 */
function isBrowser(userAgent = ""): boolean {
  return /^Mozilla\/.*\b(AppleWebKit|Gecko|Trident)\//.test(userAgent);
}

/** In lower case; undefined if there is none. */
function hostNameOf(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const { hostname } = new URL(url);
  return hostname === "" ? undefined : hostname.replace(/\.$/, "");
}

/** Nobody else can point an address at this machine. */
function isAddress(host: string): boolean {
  return isIP(host.replace(/^\[|\]$/g, "")) !== 0;
}

function isLoopback(host: string): boolean {
  return host === "[::1]" || (isIP(host) === 4 && host.startsWith("127."));
}

/** Browsers take these for the machine itself, whatever a name server says. */
function isLocalName(host: string): boolean {
  return host === "localhost" || host.endsWith(".localhost");
}
