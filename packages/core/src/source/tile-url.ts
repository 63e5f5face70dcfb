import type { TileCoord } from "../cover/tile-coord.ts";
import type { TileSource } from "./tile-source.ts";

/** Half the width of the map in metres of EPSG:3857: π times the radius of the WGS 84 ellipsoid at the equator. */
const HALF_WORLD = Math.PI * 6_378_137;

type Part = string | ((tile: TileCoord) => string | number);

/** What placeholders stand for that are the same in every source. */
const places: Readonly<Record<string, Part>> = {
  z: ({ z }) => z,
  x: ({ x }) => x,
  y: ({ y }) => y,
  "-y": ({ z, y }) => 2 ** z - 1 - y,
  quadkey: quadkeyOf,
  "bbox-epsg-3857": bboxOf,
};

/** The names of placeholders that tell one tile from another, in groups that do so together. */
export const IDENTIFYING: readonly (readonly string[])[] = [
  ["z", "x", "y"],
  ["z", "x", "-y"],
  ["quadkey"],
  ["bbox-epsg-3857"],
];

/** The names of all placeholders of a URL, in their order. */
export function placeholdersOf(url: string): readonly string[] {
  return [...url.matchAll(/\{([^{}]*)\}/g)].map(([, name = ""]) => name);
}

/** What a placeholder stands for in this source; undefined if nothing. */
export function meaningOf({ subdomains = [], retina, parameters = {} }: TileSource, name: string): Part | undefined {
  if (Object.hasOwn(places, name)) return places[name];
  if (name === "r") return retina === true ? "@2x" : "";
  if (name !== "s") return Object.hasOwn(parameters, name) ? parameters[name] : undefined;
  // By place, so that a tile always comes from the same host, whose copy a browser may have.
  return subdomains.length === 0 ? undefined : ({ x, y }) => subdomains[(x + y) % subdomains.length] ?? "";
}

/** A function that gives the URL of each tile of a source, which `defineSource` has accepted. */
export function tileUrls(source: TileSource): (tile: TileCoord) => string {
  const parts: readonly Part[] = source.url
    .split(/(\{[^{}]*\})/)
    .map((part) => (part.startsWith("{") ? (meaningOf(source, part.slice(1, -1)) ?? part) : part));
  return (tile) => {
    let url = "";
    for (const part of parts) url += typeof part === "string" ? part : part(tile);
    return url;
  };
}

/** One digit for each zoom: which quarter of the tile above. */
function quadkeyOf({ z, x, y }: TileCoord): string {
  let key = "";
  for (let bit = z - 1; bit >= 0; bit--) key += ((x >> bit) & 1) + 2 * ((y >> bit) & 1);
  return key;
}

function bboxOf({ z, x, y }: TileCoord): string {
  // Edges of neighbours come from the same expression, so that they are the same number.
  const edge = (place: number) => (place / 2 ** z) * 2 * HALF_WORLD - HALF_WORLD;
  return [edge(x), -edge(y + 1), edge(x + 1), -edge(y)].map((metres) => metres + 0).join(",");
}
