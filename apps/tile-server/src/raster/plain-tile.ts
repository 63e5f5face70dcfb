import { EXTENT, type TileGeometry } from "../world/slice.ts";

/** "sea" or "land N" for a tile of nothing but one colour: most of a deep zoom's are. */
export function plainTile({ features }: TileGeometry): string | undefined {
  const [only, ...others] = features;
  if (only === undefined) return "sea";
  if (others.length > 0 || only.type !== 3 || only.tags?.layer !== "countries") return undefined;
  const [ring, ...holes] = only.geometry;
  const coversAll = holes.length === 0 && ring !== undefined && ring.length <= 5 && ring.every(isCorner);
  return coversAll ? `land ${only.tags.tint}` : undefined;
}

/** A ring of at most four corners, each diagonally outside of the tile, goes around it. */
function isCorner([x, y]: [number, number]): boolean {
  return (x < 0 || x > EXTENT) && (y < 0 || y > EXTENT);
}
