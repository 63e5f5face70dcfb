import type { GeoJSONVTFeature } from "@maplibre/geojson-vt";
import { fromVectorTileJs, GeoJSONWrapper } from "@maplibre/vt-pbf";
import { LruMap } from "../lru-map.ts";
import type { Tile } from "../tile.ts";
import { BUFFER, EXTENT, type TileFeature } from "../world/slice.ts";
import type { World } from "../world/world.ts";
import { LAYERS, type Layer } from "../world/world-feature.ts";
import { encodable } from "./encodable.ts";

export type VectorTiles = (tile: Tile, version: number) => Buffer;

const CACHE_BYTES = 64 * 1024 * 1024;

/** The layers of a vector tile: the sea everywhere, the land on top of it, and where countries have their names. */
export const VECTOR_LAYERS = ["sea", ...LAYERS, "names"] as const;

/** The same world as vector tiles. Those of nothing but sea are the same, byte for byte. */
export function vectorTiles(world: World): VectorTiles {
  const finished = new LruMap<string, Buffer>(CACHE_BYTES, (bytes) => bytes.length);
  return (tile, version) => {
    const key = `${version} ${tile.z}/${tile.x}/${tile.y}`;
    const known = finished.get(key);
    if (known !== undefined) return known;
    const bytes = encode(world, tile, version);
    finished.set(key, bytes);
    return bytes;
  };
}

function encode(world: World, tile: Tile, version: number): Buffer {
  const { features } = world.geometryOf(tile);
  const contents: Readonly<Record<(typeof VECTOR_LAYERS)[number], readonly GeoJSONVTFeature[]>> = {
    sea: [seaSquare(version)],
    countries: featuresOf("countries", features),
    lakes: featuresOf("lakes", features),
    rivers: featuresOf("rivers", features),
    coast: featuresOf("coast", features),
    borders: featuresOf("borders", features),
    names: namesIn(world, tile),
  };
  const layers: Record<string, GeoJSONWrapper> = {};
  for (const name of VECTOR_LAYERS) {
    if (contents[name].length === 0) continue;
    const layer = new GeoJSONWrapper([...contents[name]], { version: 2, extent: EXTENT });
    layer.name = name;
    layers[name] = layer;
  }
  return Buffer.from(fromVectorTileJs({ layers }));
}

/** Says which version of the map it is, so that a new one differs in each tile. */
function seaSquare(version: number): GeoJSONVTFeature {
  const [low, high] = [-BUFFER, EXTENT + BUFFER];
  const ring: [number, number][] = [
    [low, low],
    [high, low],
    [high, high],
    [low, high],
    [low, low],
  ];
  return { type: 3, tags: { version }, geometry: [ring] };
}

function featuresOf(name: Layer, features: readonly TileFeature[]): GeoJSONVTFeature[] {
  return features.flatMap((feature) => {
    const { layer, ...tags } = feature.tags;
    const geometry = layer === name ? encodable(feature) : [];
    return geometry.length === 0 ? [] : [{ type: feature.type === "polygon" ? 3 : 2, tags, geometry }];
  });
}

function namesIn({ names }: World, { z, x, y }: Tile): GeoJSONVTFeature[] {
  const tilesAcross = 2 ** z;
  return names.flatMap((place): GeoJSONVTFeature[] => {
    const unitX = Math.floor((place.x * tilesAcross - x) * EXTENT);
    const unitY = Math.floor((place.y * tilesAcross - y) * EXTENT);
    if (unitX < 0 || unitX >= EXTENT || unitY < 0 || unitY >= EXTENT) return [];
    const tags = { name: place.name, rank: Math.round(-Math.log2(place.width)) };
    return [{ type: 1, tags, geometry: [[unitX, unitY]] }];
  });
}
