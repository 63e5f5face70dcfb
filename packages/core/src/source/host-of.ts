import type { TileSource } from "./tile-source.ts";

/** The name of the server, in lower case, without its port; undefined for a path on the page's own server. */
export function hostOf({ url, subdomains = [], parameters = {} }: TileSource): string | undefined {
  const whole = url.replace(/\{([^{}]*)\}/g, (placeholder, name: string) =>
    name === "s" ? (subdomains[0] ?? "") : (parameters[name] ?? placeholder),
  );
  return /^(?:https?:)?\/\/(\[[^\]]*\]|[^/:?#]*)/i.exec(whole)?.[1]?.toLowerCase();
}
