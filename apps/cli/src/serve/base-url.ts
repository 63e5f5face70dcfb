import type { IncomingHttpHeaders } from "node:http";

/** A name, an IPv4 address or an IPv6 address in brackets; and a port, perhaps. */
const HOST = /^([a-z\d_]([a-z\d_.-]{0,252})|\[[\da-f:.]{2,45}\])(:\d{1,5})?$/i;

/** The headers by which the base URL is found. */
export const BASE_URL_HEADERS = "host, x-forwarded-host, x-forwarded-proto";

/**
 * This server's address as the client has written it, who may see it through another name or a tunnel; else its own. It is
 * for the client's own answer alone, so anybody may say what they like.
 */
export function baseUrlOf(headers: IncomingHttpHeaders, ownUrl: string): string {
  const host = [firstOf(headers["x-forwarded-host"]), headers.host].find(
    (name) => name !== undefined && HOST.test(name),
  );
  if (host === undefined) return ownUrl;
  const isSecure = firstOf(headers["x-forwarded-proto"])?.toLowerCase() === "https";
  return `${isSecure ? "https" : "http"}://${host.toLowerCase()}`;
}

/** Of a list to which each proxy on the way adds its own: what the client has seen. */
function firstOf(list: string | readonly string[] | undefined): string | undefined {
  return list?.toString().split(",", 1)[0]?.trim();
}
