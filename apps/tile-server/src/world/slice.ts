import type { Tile } from "../tile.ts";
import { type Box, clipFeature } from "./clip-feature.ts";
import { type Path, STRIDE } from "./path.ts";
import type { WorldFeature, WorldTags } from "./world-feature.ts";

/** Units along a tile's side, as vector tiles have them. */
export const EXTENT = 4096;
/** How far a tile's geometry reaches beyond its sides, in units: wider than half of any line. */
export const BUFFER = 128;
/** Points that would move a line by no more than this are left out; in units, a fraction of a pixel. */
const TOLERANCE = 3;

/** A polygon of one or more rings, or a line, in units from a tile's north-western corner. */
export interface TileFeature {
  readonly type: WorldFeature["type"];
  readonly paths: readonly Path[];
  readonly tags: WorldTags;
}

/** What of the world lies in a tile. */
export interface TileGeometry extends Tile {
  readonly features: readonly TileFeature[];
  readonly points: number;
}

/** What of the features lies in a tile, simplified for its zoom. */
export function sliceForTile(features: readonly WorldFeature[], tile: Tile): TileGeometry {
  const sliced: TileFeature[] = [];
  let points = 0;
  for (const { type, paths, tags } of sliceForCell(features, tile)) {
    const parts = paths.map((path) => inUnits(path, tile)).filter((path) => path.length > 0);
    if (parts.length === 0) continue;
    sliced.push({ type, paths: parts, tags });
    for (const { length } of parts) points += length / STRIDE;
  }
  return { ...tile, features: sliced, points };
}

/** What of the features lies in a tile, in full detail and in world coordinates: what smaller tiles are cut from. */
export function sliceForCell(features: readonly WorldFeature[], tile: Tile): WorldFeature[] {
  const box = boxOf(tile);
  return features.flatMap((feature) => clipFeature(feature, box));
}

/** The path without the points that do not matter at a tile's zoom; empty when none of it can be seen. */
function inUnits(path: Path, { z, x, y }: Tile): Path {
  const unitsAcross = EXTENT * 2 ** z;
  const tolerance = (TOLERANCE / unitsAcross) ** 2;
  const units = new Float64Array(path.length);
  let length = 0;
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let i = 0; i < path.length; i += STRIDE) {
    const rank = path[i + 2] as number;
    if (rank <= tolerance) continue;
    const unitX = ((path[i] as number) * 2 ** z - x) * EXTENT;
    const unitY = ((path[i + 1] as number) * 2 ** z - y) * EXTENT;
    units[length++] = unitX;
    units[length++] = unitY;
    units[length++] = rank * unitsAcross ** 2;
    if (unitX < left) left = unitX;
    if (unitX > right) right = unitX;
    if (unitY < top) top = unitY;
    if (unitY > bottom) bottom = unitY;
  }
  return Math.max(right - left, bottom - top) < TOLERANCE ? new Float64Array() : units.slice(0, length);
}

function boxOf({ z, x, y }: Tile): Box {
  const width = 2 ** -z;
  const margin = (width * BUFFER) / EXTENT;
  return {
    west: x * width - margin,
    east: (x + 1) * width + margin,
    north: y * width - margin,
    south: (y + 1) * width + margin,
  };
}
