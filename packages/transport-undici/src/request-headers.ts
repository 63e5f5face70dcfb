/** Those that say nothing about who asks, and are sent on to wherever a server redirects. */
const HARMLESS = new Set([
  "accept",
  "accept-encoding",
  "accept-language",
  "cache-control",
  "if-modified-since",
  "if-none-match",
  "pragma",
  "range",
  "referer",
  "user-agent",
]);

/** All headers of a request, as undici likes them best: names and values in turn. */
export function requestHeaders(own: Readonly<Record<string, string>>, userAgent: string): string[] {
  const headers: string[] = [];
  let hasUserAgent = false;
  let hasEncoding = false;
  for (const [name, value] of Object.entries(own)) {
    const lower = name.toLowerCase();
    if (lower === "user-agent") hasUserAgent = true;
    if (lower === "accept-encoding") hasEncoding = true;
    headers.push(name, value);
  }
  if (!hasUserAgent) headers.push("User-Agent", userAgent);
  if (!hasEncoding) headers.push("Accept-Encoding", "gzip, deflate, br");
  return headers;
}

/** What may be told to another server than the one that the headers were meant for. */
export function headersForStrangers(headers: readonly string[]): string[] {
  return headers.filter((_, index) => HARMLESS.has((headers[index - (index % 2)] ?? "").toLowerCase()));
}
