import type { IncomingHttpHeaders } from "node:http";

export interface Validators {
  /** With its quotes. */
  readonly etag: string;
  /** As an HTTP date. */
  readonly lastModified?: string | undefined;
}

/** Whether the client has it already. `If-Modified-Since` counts only without `If-None-Match` (RFC 9110, §13.1.3). */
export function isNotModified(headers: IncomingHttpHeaders, { etag, lastModified }: Validators): boolean {
  const ifNoneMatch = headers["if-none-match"];
  if (ifNoneMatch !== undefined) return matches(ifNoneMatch, etag);
  const since = Date.parse(headers["if-modified-since"] ?? "");
  return lastModified !== undefined && !Number.isNaN(since) && Date.parse(lastModified) <= since;
}

/** Weakly: `W/` makes no difference here (RFC 9110, §13.1.2). */
function matches(ifNoneMatch: string, etag: string): boolean {
  if (ifNoneMatch.trim() === "*") return true;
  return [...ifNoneMatch.matchAll(/"[^"]*"/g)].some(([tag]) => tag === etag.replace(/^W\//, ""));
}
