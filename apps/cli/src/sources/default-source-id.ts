/** A path that ends with the numbers of a tile, each alone between slashes, after a segment of plain letters. */
const PLAIN = /^(|.*\/[\w-]+)\/\{z\}\/\{x\}\/\{y\}([^\w/{}-][^/{}]*)?$/s;

/** A placeholder of the user's own, which may be called anything. */
const OWN = /\{(?!(?:z|x|y|-y|quadkey|bbox-epsg-3857)\})[^{}]*\}/g;

/**
 * The name that tiles of a URL are stored under, unless they are given one: its host and path without the tile's numbers,
 * and without the ending `.png`; another ending stays: `tiles.example.org/topo@2x.png`. Where that would leave open which
 * URL it was, all of it stays, with `{}` for placeholders of the user's own. So two URLs have the same name only if they differ
 * in nothing but the scheme, the subdomain's placeholder, a fragment, and what own placeholders are called.
 *
 * It may hold a key, unless `unnameablePart` finds nothing. Empty if there is no host.
 */
export function defaultSourceId(url: string): string {
  const { host, path, query } = partsOfUrl(url);
  const labels = host.split(".").filter((label) => label !== "{s}");
  const place = withoutNames(labels.join(".").replaceAll("{s}", "").toLowerCase());
  if (!/[^{}.:]/.test(place)) return "";
  const fields = query === undefined ? "" : `?${withoutNames(query)}`;
  const [, base, ending = ""] = PLAIN.exec(path) ?? [];
  if (base !== undefined) {
    // Where there is no ending a slash says so, as nothing means .png.
    const end = ending === "" || base === "" ? `/${ending}` : ending;
    const plain = place + base + (ending === ".png" ? "" : end) + fields.replace(/(?<=[^?&])=\{\}(?=&|$)/g, "");
    if (!/[{}]/.test(plain)) return plain;
  }
  return place + withoutNames(path) + fields;
}

/** The parts of a URL template, of which one is not parsed further: `new URL` would encode its braces. */
export function partsOfUrl(url: string): { readonly host: string; readonly path: string; readonly query?: string } {
  const [, host = "", path = "", query] = /^[a-z][a-z\d+.-]*:\/\/([^/?#]*)([^?#]*)(?:\?([^#]*))?/is.exec(url) ?? [];
  return { host: host.replace(/^.*@/s, ""), path, ...(query !== undefined && { query }) };
}

function withoutNames(text: string): string {
  return text.replace(OWN, "{}");
}
