import { type GeoJSONVTFeature, geoJSONToTile } from "@maplibre/geojson-vt";
import type { Position } from "geojson";
import type { Tile } from "../tile.ts";
import { pathOf } from "./path.ts";
import { toGeoJson, type WorldFeature, type WorldTags, worldFeature } from "./world-feature.ts";

/** Units along a tile's side, as vector tiles have them. */
export const EXTENT = 4096;
/** How far a tile's geometry reaches beyond its sides, in units: wider than half of any line. */
export const BUFFER = 128;
/** Coordinates of cells keep this many bits of the world's width: a fraction of a pixel at the deepest zoom. */
const CELL_BITS = 36;

/** What of the world lies in a tile, in units from its north-western corner. */
export interface TileGeometry extends Tile {
  readonly features: readonly GeoJSONVTFeature[];
  readonly points: number;
}

/** What of the features lies in a tile, simplified for its zoom, in units from its north-western corner. */
export function sliceForTile(features: readonly WorldFeature[], { z, x, y }: Tile): TileGeometry {
  const collection = { type: "FeatureCollection" as const, features: touching(features, { z, x, y }).map(toGeoJson) };
  const { features: sliced, numSimplified = 0 } = geoJSONToTile(collection, z, x, y, {
    coordinates: "unitSquare",
    clip: true,
    extent: EXTENT,
    buffer: BUFFER,
    tolerance: 3,
    // Simplification ends at `maxZoom`.
    maxZoom: Math.min(z + 1, 24),
  });
  return { z, x, y, features: sliced, points: numSimplified };
}

/** What of the features lies in a tile, in full detail and in world coordinates: what smaller tiles are cut from. */
export function sliceForCell(features: readonly WorldFeature[], { z, x, y }: Tile): WorldFeature[] {
  const extent = 2 ** (CELL_BITS - z);
  const collection = { type: "FeatureCollection" as const, features: touching(features, { z, x, y }).map(toGeoJson) };
  const { features: sliced } = geoJSONToTile(collection, z, x, y, {
    coordinates: "unitSquare",
    clip: true,
    extent,
    buffer: (extent * BUFFER) / EXTENT,
    tolerance: 0,
    maxZoom: z,
  });
  const toWorld = ([px = 0, py = 0]: Position): Position => [(x + px / extent) / 2 ** z, (y + py / extent) / 2 ** z];
  const inTile: readonly GeoJSONVTFeature[] = sliced;
  return inTile.flatMap((feature) => inWorld(feature, toWorld));
}

function inWorld(feature: GeoJSONVTFeature, toWorld: (point: Position) => Position): WorldFeature[] {
  if (feature.type === 1) return [];
  const tags = feature.tags as WorldTags;
  const paths = feature.geometry.map((part) => pathOf(part.map(toWorld)));
  return feature.type === 3
    ? [worldFeature("polygon", paths, tags)]
    : paths.map((path) => worldFeature("line", [path], tags));
}

function touching(features: readonly WorldFeature[], { z, x, y }: Tile): WorldFeature[] {
  const width = 2 ** -z;
  const margin = (width * BUFFER) / EXTENT;
  const [west, north] = [x * width - margin, y * width - margin];
  const [east, south] = [(x + 1) * width + margin, (y + 1) * width + margin];
  return features.filter((it) => it.west <= east && it.east >= west && it.north <= south && it.south >= north);
}
