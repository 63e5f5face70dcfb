import type { Exchange } from "../http/exchange.ts";
import { isLoopback } from "./is-loopback.ts";

/**
 * Why a request may not use the control endpoint; undefined when it may. Programs on this machine may. Web pages that a
 * browser on it shows may not: they are told by `Origin`, and by `Host` where a page's own name has been given the
 * address of this machine.
 */
export function refusalOf(
  { remoteAddress, headers, authority, isEncrypted }: Exchange,
  host: string,
): string | undefined {
  if (!isLoopback(remoteAddress)) return "The control endpoint is for the machine it runs on.";
  if (authority !== undefined && !isThisMachine(authority, host)) {
    return `The control endpoint does not answer to the name "${authority}": use 127.0.0.1 or localhost.`;
  }
  const { origin } = headers;
  if (origin === undefined || origin === `${isEncrypted ? "https" : "http"}://${authority}`) return undefined;
  return `The control endpoint is not for web pages, and this request is from one of "${origin}".`;
}

function isThisMachine(authority: string, host: string): boolean {
  const name = authority.replace(/:\d+$/, "").replace(/^\[(.*)\]$/, "$1");
  return name === "localhost" || name === host || isLoopback(name);
}
