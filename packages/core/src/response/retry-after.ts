import { parseHttpDate } from "./http-date.ts";

/** How long a server asks to be left alone: `Retry-After` in seconds or as a date; undefined where it does not ask. */
export function retryAfterMs(headers: Readonly<Record<string, string>>, now: number): number | undefined {
  const text = headers["retry-after"]?.trim() ?? "";
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const until = parseHttpDate(text);
  if (until === undefined) return undefined;
  const sent = parseHttpDate(headers.date ?? "") ?? now;
  return Math.max(0, until - sent);
}
