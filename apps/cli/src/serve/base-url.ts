import type { IncomingHttpHeaders } from "node:http";

/** A name, an IPv4 address or an IPv6 address in brackets; and a port, perhaps. */
const HOST = /^([a-z\d_]([a-z\d_.-]{0,252})|\[[\da-f:.]{2,45}\])(:\d{1,5})?$/i;

/** This server's address as the client has written it, who may see it through another name or a tunnel; else its own. */
export function baseUrlOf({ host }: IncomingHttpHeaders, ownUrl: string): string {
  return host !== undefined && HOST.test(host) ? `http://${host.toLowerCase()}` : ownUrl;
}
