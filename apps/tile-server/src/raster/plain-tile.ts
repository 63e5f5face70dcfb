import { type Path, STRIDE } from "../world/path.ts";
import { EXTENT, type TileFeature, type TileGeometry } from "../world/slice.ts";

/** How near a line comes to be seen, in units: half of the widest one, and what smoothing adds. */
const REACH = 40;

/** "sea" or "land N" for a tile of nothing but one colour: most of a deep zoom's are. */
export function plainTile({ features }: TileGeometry): string | undefined {
  if (!features.every(({ paths }) => paths.every(isOutOfSight))) return undefined;
  const ground = features.filter(coversTile);
  // Lakes have the sea's colour.
  if (ground.some(({ tags }) => tags.layer === "lakes")) return "sea";
  const land = ground.find(({ tags }) => tags.layer === "countries");
  return land === undefined ? "sea" : `land ${land.tags.tint}`;
}

/** Whether each segment lies beyond one of the tile's sides. */
function isOutOfSight(path: Path): boolean {
  const [low, high] = [-REACH, EXTENT + REACH];
  for (let i = STRIDE; i < path.length; i += STRIDE) {
    const ax = path[i - STRIDE] as number;
    const ay = path[i - STRIDE + 1] as number;
    const bx = path[i] as number;
    const by = path[i + 1] as number;
    const isBeyond =
      (ax < low && bx < low) || (ax > high && bx > high) || (ay < low && by < low) || (ay > high && by > high);
    if (!isBeyond) return false;
  }
  return true;
}

/** Whether a polygon without a segment in sight is all around: whether the tile's middle lies in it. */
function coversTile({ type, paths }: TileFeature): boolean {
  if (type === "line") return false;
  const middle = EXTENT / 2;
  let isInside = false;
  for (const path of paths) {
    for (let i = STRIDE; i < path.length; i += STRIDE) {
      const ax = path[i - STRIDE] as number;
      const ay = path[i - STRIDE + 1] as number;
      const bx = path[i] as number;
      const by = path[i + 1] as number;
      if (ay > middle !== by > middle && middle < ax + ((middle - ay) / (by - ay)) * (bx - ax)) isInside = !isInside;
    }
  }
  return isInside;
}
