import { MAX_ZOOM } from "../tile.ts";
import { VECTOR_LAYERS } from "./vector-tiles.ts";

const ATTRIBUTION = "Natural Earth (public domain)";
const BOUNDS = [-180, -85.0511287798066, 180, 85.0511287798066];
/** Beyond it a vector tile has no more detail, and clients draw its part of it larger. */
const DETAILED_TO_ZOOM = 14;

const FIELDS: Readonly<Record<(typeof VECTOR_LAYERS)[number], Record<string, string>>> = {
  sea: { version: "Number" },
  countries: { name: "String", tint: "Number" },
  lakes: {},
  rivers: {},
  coast: {},
  borders: {},
  names: { name: "String", rank: "Number" },
};

export function vectorTileJson(baseUrl: string, version: number): object {
  return {
    ...common("World, as vectors", version),
    maxzoom: DETAILED_TO_ZOOM,
    tiles: [`${baseUrl}/vector/{z}/{x}/{y}.pbf`],
    vector_layers: VECTOR_LAYERS.map((id) => ({ id, fields: FIELDS[id] })),
  };
}

export function rasterTileJson(baseUrl: string, version: number): object {
  return { ...common("World", version), maxzoom: MAX_ZOOM, tiles: [`${baseUrl}/xyz/{z}/{x}/{y}.png`], format: "png" };
}

function common(name: string, version: number): object {
  return {
    tilejson: "3.0.0",
    name,
    version: `${version}.0.0`,
    scheme: "xyz",
    attribution: ATTRIBUTION,
    bounds: BOUNDS,
    center: [10, 30, 2],
    minzoom: 0,
  };
}
