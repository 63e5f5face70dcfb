/** Of a query, what says which map it is; all else may change, or be a key. */
const TELLING = /^(layers?|styles?|map|theme|lyrs)=./i;

/** What tells one tile from another; what is in one piece with it changes from tile to tile. */
const OF_A_TILE = /\{(z|x|y|-y|quadkey|bbox-epsg-3857)\}/;

/**
 * The name that tiles of a URL are stored under, unless they are given one: its host and path, without placeholders and
 * without what looks like a key, which must not be stored. Another key makes no other name. Empty if nothing remains.
 */
export function defaultSourceId(url: string): string {
  const [, authority = "", rest = ""] = /^[a-z][a-z\d+.-]*:\/\/([^/?#]*)(.*)$/is.exec(url) ?? [];
  const [path = "", query = ""] = rest.replace(/#.*$/s, "").split("?", 2);
  const host = withoutPlaceholders(authority.replace(/^.*@/s, ""))
    .toLowerCase()
    .split(".")
    .filter((label) => label !== "")
    .join(".");
  const segments = path
    .split("/")
    .filter((segment) => !OF_A_TILE.test(segment))
    .map((segment) => withoutPlaceholders(segment.replace(/;.*$/s, "")))
    .filter((segment) => segment !== "" && !looksLikeKey(segment));
  const place = [host, ...segments].filter((part) => part !== "").join("/");
  const telling = query.split("&").filter((pair) => TELLING.test(pair) && !/[{}]/.test(pair) && !looksLikeKey(pair));
  return telling.length === 0 || place === "" ? place : `${place}?${telling.join("&")}`;
}

/** Whether a part of a URL may be a secret: long, of letters and digits, and no word that one would give to a map. */
export function looksLikeKey(part: string): boolean {
  return (
    /(^|[^A-Za-z\d])(?=[A-Za-z_-]*\d)(?=[\d_-]*[A-Za-z])[A-Za-z\d_-]{20,}/.test(part) || /\b(key|token)=/i.test(part)
  );
}

function withoutPlaceholders(text: string): string {
  return text.replace(/\{[^{}]*\}/g, "");
}
