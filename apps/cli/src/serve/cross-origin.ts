import type { IncomingHttpHeaders } from "node:http";

export const METHODS = "GET, HEAD, OPTIONS";

/** Maps are for everyone: pages of any origin may read what is here, those that isolate themselves included. */
export const FOR_ALL_ORIGINS = {
  "access-control-allow-origin": "*",
  "access-control-expose-headers": "content-length, etag, retry-after",
  "cross-origin-resource-policy": "cross-origin",
  "timing-allow-origin": "*",
};

/** What a browser asks for before a request with headers of the page's own, or from the internet to this machine. */
export function preflightHeaders(headers: IncomingHttpHeaders): Readonly<Record<string, string>> {
  return {
    allow: METHODS,
    "access-control-allow-methods": METHODS,
    "access-control-allow-headers": "*",
    "access-control-max-age": "600",
    ...(headers["access-control-request-private-network"] === "true" && {
      "access-control-allow-private-network": "true",
    }),
  };
}
