import { LruMap } from "../lru-map.ts";
import type { Tile } from "../tile.ts";
import { countryFeatures } from "./countries.ts";
import { type CountryName, countryNames } from "./country-names.ts";
import { countryTints } from "./country-tints.ts";
import { STRIDE } from "./path.ts";
import { readTopology } from "./read-topology.ts";
import { sliceForCell, sliceForTile, type TileGeometry } from "./slice.ts";
import { waterFeatures } from "./waters.ts";
import type { WorldFeature } from "./world-feature.ts";

export interface World {
  /** What the map shows in a tile, in units of `EXTENT` from its north-western corner. */
  readonly geometryOf: (tile: Tile) => TileGeometry;
  readonly names: readonly CountryName[];
}

/** From this zoom on the map is drawn from the finer data. */
const FINE_FROM_ZOOM = 5;
/** Tiles are cut from a cell some zooms above, so that a deep one need not look at the whole world. */
const CELL_STEP = 3;
/** Points that are remembered; each cell and tile counts as a few, as it takes some memory without any. */
const POINTS_IN_CELLS = 2_000_000;
const POINTS_IN_TILES = 150_000;
const POINTS_AT_LEAST = 20;

let loaded: World | undefined;

/** Reads the world from disk, which takes a moment; the second time it is there already. */
export function loadWorld(): World {
  loaded ??= createWorld();
  return loaded;
}

function createWorld(): World {
  const coarseTopology = readTopology("coarse");
  const tints = countryTints(coarseTopology);
  const waters = waterFeatures(readTopology("waters"));
  const coarse = [...countryFeatures(coarseTopology, tints), ...waters];
  const fine = [...countryFeatures(readTopology("fine"), tints), ...waters];

  const cells = new LruMap<string, readonly WorldFeature[]>(POINTS_IN_CELLS, pointsOfCell);
  const tiles = new LruMap<string, TileGeometry>(POINTS_IN_TILES, ({ points }) => points + POINTS_AT_LEAST);

  /** The features near a tile: those of the deepest cell that contains it. */
  const featuresAround = (tile: Tile): readonly WorldFeature[] => {
    if (tile.z < FINE_FROM_ZOOM) return coarse;
    const z = tile.z - ((tile.z - FINE_FROM_ZOOM) % CELL_STEP);
    return cellAt(ancestorOf(tile, z));
  };

  const cellAt = (cell: Tile): readonly WorldFeature[] => {
    const key = keyOf(cell);
    const known = cells.get(key);
    if (known !== undefined) return known;
    const z = cell.z - CELL_STEP;
    const features = sliceForCell(z < FINE_FROM_ZOOM ? fine : cellAt(ancestorOf(cell, z)), cell);
    cells.set(key, features);
    return features;
  };

  return {
    names: countryNames(coarse),
    geometryOf: (tile) => {
      const key = keyOf(tile);
      const known = tiles.get(key);
      if (known !== undefined) return known;
      const geometry = sliceForTile(featuresAround(tile), tile);
      tiles.set(key, geometry);
      return geometry;
    },
  };
}

function pointsOfCell(features: readonly WorldFeature[]): number {
  const numbers = features.flatMap(({ paths }) => paths).reduce((sum, { length }) => sum + length, 0);
  return numbers / STRIDE + POINTS_AT_LEAST;
}

function ancestorOf({ z, x, y }: Tile, zoom: number): Tile {
  const scale = 2 ** (z - zoom);
  return { z: zoom, x: Math.floor(x / scale), y: Math.floor(y / scale) };
}

function keyOf({ z, x, y }: Tile): string {
  return `${z}/${x}/${y}`;
}
