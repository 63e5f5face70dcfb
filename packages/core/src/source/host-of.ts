import type { TileSource } from "./tile-source.ts";
import { meaningOf } from "./tile-url.ts";

/** The URL of a source for each of its subdomains, with all in its place that is the same for every tile. */
export function fixedUrlsOf(source: TileSource): readonly string[] {
  const { url, subdomains = [] } = source;
  const fixed = (subdomain: string) =>
    url.replace(/\{([^{}]*)\}/g, (placeholder, name: string) => {
      if (name === "s") return subdomain;
      const meaning = meaningOf(source, name);
      return typeof meaning === "string" ? meaning : placeholder;
    });
  return subdomains.length === 0 ? [fixed("")] : subdomains.map(fixed);
}

/** What a URL has between // and its path: a server's name and maybe a port; undefined for a path on the page's own server. */
export function authorityOf(url: string): string | undefined {
  return /^(?:https?:)?\/\/([^/?#]*)/i.exec(url)?.[1];
}

/** The names of the servers of a source, in lower case and without ports; none for a path on the page's own server. */
export function hostsOf(source: TileSource): readonly string[] {
  return fixedUrlsOf(source).flatMap((url) => {
    const authority = authorityOf(url);
    // The dot that may end a full name is left out.
    return authority === undefined ? [] : [authority.toLowerCase().replace(/:\d*$/, "").replace(/\.$/, "")];
  });
}
