import { partsOfUrl } from "./default-source-id.ts";

/**
 * What of a URL may be a key, or may say which map it is, without anybody being able to tell which: `the field "layers"`.
 * It has no place in a name by itself, nor in what is shown. Undefined if there is nothing.
 */
export function unnameablePart(url: string): string | undefined {
  const { host, path, query = "" } = partsOfUrl(url);
  if (host.split(".").some(looksLikeKey)) return "a part of the host";
  if (path.split("/").some(looksLikeKey)) return "a part of the path";
  const literal = query.split("&").find((field) => field !== "" && !/^([^={}]*=)?(\{[^{}]*\})+$/.test(field));
  const [name = "", value] = (literal ?? query.split("&").find((field) => looksLikeKey(field)))?.split("=", 2) ?? [];
  if (name === "" && value === undefined) return undefined;
  return value === undefined || /[{}]/.test(name) || looksLikeKey(name) ? "a part of the query" : `the field "${name}"`;
}

/** Long, with letters and digits mixed; or named. Shorter keys look like the names of maps. */
function looksLikeKey(part: string): boolean {
  const literal = part.replace(/\{[^{}]*\}/g, "");
  const isLong = literal.length >= 20 && /\d/.test(literal) && /[a-z]/i.test(literal);
  return isLong || /(key|token)=[^{]/i.test(part);
}
