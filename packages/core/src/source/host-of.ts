import type { TileSource } from "./tile-source.ts";

/** The URL of a source for each of its subdomains, with all in its place that is the same for every tile. */
export function fixedUrlsOf({ url, subdomains = [""], parameters = {} }: TileSource): readonly string[] {
  return subdomains.map((subdomain) =>
    url.replace(/\{([^{}]*)\}/g, (placeholder, name: string) =>
      name === "s" ? subdomain : (parameters[name] ?? placeholder),
    ),
  );
}

/** What a URL has between // and its path: a server's name and maybe a port; undefined for a path on the page's own server. */
export function authorityOf(url: string): string | undefined {
  return /^(?:https?:)?\/\/([^/?#]*)/i.exec(url)?.[1];
}

/** The names of the servers of a source, in lower case and without ports; none for a path on the page's own server. */
export function hostsOf(source: TileSource): readonly string[] {
  return fixedUrlsOf(source).flatMap((url) => {
    const authority = authorityOf(url);
    // With a dot at its end a name is the same, only more so.
    return authority === undefined ? [] : [authority.toLowerCase().replace(/:\d*$/, "").replace(/\.$/, "")];
  });
}
