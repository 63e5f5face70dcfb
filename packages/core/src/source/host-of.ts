import type { TileSource } from "./tile-source.ts";

/** The names of the servers of a source, in lower case and without ports; none for a path on the page's own server. */
export function hostsOf({ url, subdomains = [""], parameters = {} }: TileSource): readonly string[] {
  return subdomains.flatMap((subdomain) => {
    const whole = url.replace(/\{([^{}]*)\}/g, (placeholder, name: string) =>
      name === "s" ? subdomain : (parameters[name] ?? placeholder),
    );
    const host = /^(?:https?:)?\/\/(\[[^\]]*\]|[^/:?#]*)/i.exec(whole)?.[1];
    // With a dot at its end a name is the same, only more so.
    return host === undefined ? [] : [host.toLowerCase().replace(/\.$/, "")];
  });
}
