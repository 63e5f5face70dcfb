import { describe } from "../errors/describe.ts";
import { SourceError } from "../errors/source-error.ts";
import { MAX_ZOOM } from "../geo/mercator.ts";
import { authorityOf, fixedUrlsOf } from "./host-of.ts";
import type { TilePolicy } from "./tile-policy.ts";
import type { TileSource } from "./tile-source.ts";
import { IDENTIFYING, meaningOf, placeholdersOf } from "./tile-url.ts";

/**
 * Checks a source, so that nothing about it can fail in the middle of a download.
 *
 * Messages never repeat a URL, a parameter or a header, which may hold a key.
 *
 * @throws SourceError that names the field.
 * @example
 * const topo = defineSource({ id: "topo", url: "https://tiles.example.org/{z}/{x}/{y}.png", maxZoom: 17 });
 */
export function defineSource<Source extends TileSource>(source: Source): Source {
  if (typeof source !== "object" || source === null) {
    throw new SourceError("source", `is ${describe(source)}, but must be an object, { id, url }.`);
  }
  checkId(source.id);
  const minZoom = checkWhole(source.minZoom ?? 0, "minZoom", 0, MAX_ZOOM);
  const maxZoom = checkWhole(source.maxZoom ?? MAX_ZOOM, "maxZoom", 0, MAX_ZOOM);
  if (minZoom > maxZoom) throw new SourceError("minZoom", `is ${minZoom}, greater than maxZoom, which is ${maxZoom}.`);
  checkWhole(source.tileSize ?? 256, "tileSize", 1, 4096);
  if (source.retina !== undefined && typeof source.retina !== "boolean") {
    throw new SourceError("retina", `is ${describe(source.retina)}, but must be true or false.`);
  }
  checkSubdomains(source.subdomains);
  checkTexts(source.parameters, "parameters");
  for (const [name, text] of Object.entries(source.parameters ?? {})) {
    if (UNSAFE.test(text))
      throw new SourceError(`parameters.${name}`, "holds a space or a backslash. Encode it, as %20 or %5C.");
  }
  checkTexts(source.headers, "headers");
  checkUrl(source);
  checkSeaTiles(source.seaTiles);
  if (source.policy !== undefined) checkPolicy(source.policy);
  return source;
}

function checkId(id: unknown): void {
  if (typeof id !== "string" || id === "") {
    throw new SourceError("id", `is ${describe(id)}, but must be a name for the source's tiles, such as "topo".`);
  }
  if (id.includes("://")) throw new SourceError("id", "is a URL. Give the source a name that outlives its URL.");
}

function checkUrl(source: TileSource): void {
  const { url } = source;
  if (typeof url !== "string" || url === "") {
    throw new SourceError("url", `is ${describe(url)}, but must be a text such as https://…/{z}/{x}/{y}.png.`);
  }
  const names = placeholdersOf(url);
  if (/[{}]/.test(url.replace(/\{[^{}]*\}/g, ""))) throw new SourceError("url", "has a { or } without its partner.");
  for (const name of names) {
    if (meaningOf(source, name) !== undefined) continue;
    throw new SourceError(
      "url",
      name === "s"
        ? 'has {s}, but the source has no subdomains. Name them, as in subdomains: ["a", "b"].'
        : `has {${name}}, which is neither one of ours nor in parameters. Add it: parameters: { ${name}: "…" }.`,
    );
  }
  if (!IDENTIFYING.some((group) => group.every((name) => names.includes(name)))) {
    throw new SourceError(
      "url",
      "does not tell tiles apart: it needs {z}, {x} and {y}, or {quadkey}, or {bbox-epsg-3857}.",
    );
  }
  // With its parameters in their places, so that none of them says otherwise.
  for (const each of fixedUrlsOf(source)) checkFixedUrl(each);
}

/** White space, control characters and backslashes, which parsers leave out or take for slashes. */
const UNSAFE = /[\p{Cc}\s\\]/u;

/** Only what every parser of URLs reads alike: a server that we would take for another is one whose policy we would miss. */
function checkFixedUrl(url: string): void {
  if (UNSAFE.test(url)) throw new SourceError("url", "holds a space or a backslash. Encode it, as %20 or %5C.");
  // At zoom 0 a quadkey is empty, and two slashes begin the name of a server.
  if (/^\/?\{quadkey\}\//.test(url)) throw new SourceError("url", "must not begin with {quadkey}.");
  if (/^[a-z][a-z\d+.-]*:/i.test(url) && !/^https?:\/\/[^/]/i.test(url)) {
    throw new SourceError(
      "url",
      "must begin with https:// or http:// and a host, or be a path on the page's own server.",
    );
  }
  const authority = authorityOf(url);
  if (authority === undefined) return;
  if (authority.includes("@")) {
    throw new SourceError("url", "holds a user name. Send it by an Authorization header, in headers.");
  }
  if (!/^([\w.-]+|\[[\da-f:.]+\])(:\d*)?$/i.test(authority)) {
    throw new SourceError(
      "url",
      "has a server's name that is not plain. Write it with letters, digits, hyphens and dots alone, an international one as xn--….",
    );
  }
}

function checkSubdomains(subdomains: unknown): void {
  if (subdomains === undefined) return;
  const isValid =
    Array.isArray(subdomains) && subdomains.every((each) => typeof each === "string" && /^[\w.-]+$/.test(each));
  if (!isValid) throw new SourceError("subdomains", 'must be a list of names, such as ["a", "b", "c"].');
}

function checkSeaTiles(tiles: unknown): void {
  if (tiles === undefined) return;
  if (!Array.isArray(tiles)) throw new SourceError("seaTiles", "must be a list of tiles, { z, x, y }.");
  tiles.forEach(({ z, x, y }, i) => {
    checkWhole(z, `seaTiles[${i}].z`, 0, MAX_ZOOM);
    checkWhole(x, `seaTiles[${i}].x`, 0, 2 ** z - 1);
    checkWhole(y, `seaTiles[${i}].y`, 0, 2 ** z - 1);
  });
}

function checkTexts(texts: unknown, field: string): void {
  if (texts === undefined) return;
  if (typeof texts !== "object" || texts === null || Array.isArray(texts)) {
    throw new SourceError(field, `is ${describe(texts)}, but must be an object of texts.`);
  }
  for (const [name, text] of Object.entries(texts)) {
    if (typeof text !== "string")
      throw new SourceError(`${field}.${name}`, `is ${describe(text)}, but must be a text.`);
    // A line's end would begin another header.
    if (/[\r\n\0]/.test(name + text))
      throw new SourceError(field, "holds the end of a line, which no text of a request may.");
  }
}

const POLICY: readonly string[] = [
  "bulk",
  "maxBulkZoom",
  "tilesPerSecond",
  "connections",
  "minCacheMs",
  "attribution",
  "userAgent",
  "url",
] satisfies (keyof TilePolicy)[];

function checkPolicy(policy: TilePolicy): void {
  if (typeof policy !== "object" || policy === null || (policy.bulk !== "allowed" && policy.bulk !== "refused")) {
    throw new SourceError("policy.bulk", 'must be "allowed" or "refused": a policy has to say so.');
  }
  const unknown = Object.keys(policy).find((name) => !POLICY.includes(name));
  if (unknown !== undefined) {
    // A limit with a misspelt name would not be kept.
    throw new SourceError(`policy.${unknown}`, `is unknown. There is ${POLICY.join(", ")}.`);
  }
  const { maxBulkZoom, tilesPerSecond, connections, minCacheMs } = policy;
  if (maxBulkZoom !== undefined) checkWhole(maxBulkZoom, "policy.maxBulkZoom", 0, MAX_ZOOM);
  if (connections !== undefined) checkWhole(connections, "policy.connections", 1, 1_000);
  if (minCacheMs !== undefined) checkWhole(minCacheMs, "policy.minCacheMs", 0, Number.MAX_SAFE_INTEGER);
  if (tilesPerSecond !== undefined && !(tilesPerSecond > 0 && tilesPerSecond < Infinity)) {
    throw new SourceError("policy.tilesPerSecond", `is ${describe(tilesPerSecond)}, but must be a number above 0.`);
  }
}

function checkWhole(value: unknown, field: string, least: number, most: number): number {
  if (typeof value === "number" && Number.isInteger(value) && value >= least && value <= most) return value;
  throw new SourceError(field, `is ${describe(value)}, but must be a whole number from ${least} to ${most}.`);
}
