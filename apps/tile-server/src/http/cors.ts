/** Open: any page may read everything. Strict: as from a server that knows nothing of CORS. */
export type CorsMode = "open" | "strict";

const ANY_ORIGIN = {
  "access-control-allow-origin": "*",
  "access-control-expose-headers": "etag, last-modified, retry-after, content-length",
  "timing-allow-origin": "*",
};

export function corsHeaders(mode: CorsMode): Readonly<Record<string, string>> {
  return mode === "open" ? ANY_ORIGIN : {};
}

/** What a browser asks for before it sends a request with headers of the page's own. */
export function preflightHeaders(mode: CorsMode, methods: readonly string[]): Readonly<Record<string, string>> {
  const allow = methods.join(", ");
  if (mode === "strict") return { allow };
  return {
    ...ANY_ORIGIN,
    allow,
    "access-control-allow-methods": allow,
    "access-control-allow-headers": "*",
    "access-control-max-age": "600",
  };
}
