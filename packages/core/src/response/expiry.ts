import { parseHttpDate } from "./http-date.ts";

/**
 * When a response goes stale by its own words (RFC 9111, §4.2): `max-age` before `Expires`, less the time it has already
 * spent in caches; at once for `no-cache` and `no-store`. Undefined where it says nothing.
 *
 * `no-store` is not taken as a ban on keeping the tile: the user asked for it to be there offline.
 */
export function expiryOf(headers: Readonly<Record<string, string>>, now: number): number | undefined {
  const directives = directivesOf(headers["cache-control"] ?? "");
  if (directives.has("no-cache") || directives.has("no-store")) return now;
  const age = secondsOf(headers.age) ?? 0;
  const maxAge = secondsOf(directives.get("max-age"));
  if (maxAge !== undefined) return now + Math.max(0, maxAge - age) * 1000;
  const { expires } = headers;
  if (expires === undefined) return undefined;
  // A date that cannot be read, such as 0, means that it already has.
  const end = parseHttpDate(expires);
  if (end === undefined) return now;
  // By the server's own clock where it tells it: ours may be wrong.
  const sent = parseHttpDate(headers.date ?? "") ?? now;
  return now + Math.max(0, end - sent - age * 1000);
}

/** The header that was read last: a server sends the same one with each tile. */
let lastRead: { readonly text: string; readonly directives: ReadonlyMap<string, string> } | undefined;

function directivesOf(text: string): ReadonlyMap<string, string> {
  if (lastRead?.text !== text) {
    const pairs = text.split(",").map((directive) => directive.trim().split("="));
    const directives = new Map(
      pairs.map(([name = "", value = ""]) => [name.toLowerCase(), value.replace(/^"|"$/g, "")]),
    );
    lastRead = { text, directives };
  }
  return lastRead.directives;
}

/** A year is long enough for anything, and keeps times within what a store holds. */
const LONGEST_SECONDS = 365 * 86_400;

function secondsOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+$/.test(text) ? Math.min(Number(text), LONGEST_SECONDS) : undefined;
}
