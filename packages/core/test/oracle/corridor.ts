import { type Box, boxOf, distanceToBox, radians } from "./box-distance.ts";
import { toleranceOf } from "./disc.ts";
import { EARTH_RADIUS_METERS, type GridPoint, latOf, lngOf, WORLD } from "./grid.ts";
import { anyOf, type TilePredicate, type Verdict } from "./verdict.ts";

/** Pieces of one segment looked at before its tile is given up as undecided: one that runs beside a border for long. */
const MAX_PIECES = 20_000;

/** Tiles whose box comes nearer than the radius to a point of the path, whose segments are straight on the map. */
export function meetsCorridor(path: readonly GridPoint[], radiusMeters: number): TilePredicate {
  const ends = path.slice(1).map((to, i) => ({ from: path[i] ?? to, to }));
  if (ends.length === 0 && path[0]) ends.push({ from: path[0], to: path[0] });
  return (z, x, y) => {
    const box = boxOf(z, x, y);
    return anyOf(ends.map(({ from, to }) => nearerThan(box, from, to, radiusMeters)));
  };
}

/**
 * Branch and bound along the segment. Great-circle distance changes by no more than the way gone, so a piece's distance
 * lies within half its length of that of its middle. Certified but for the last micrometre.
 */
function nearerThan(box: Box, from: GridPoint, to: GridPoint, radiusMeters: number): Verdict {
  const tolerance = toleranceOf(radiusMeters);
  const metersAtEquator = (Math.hypot(to.x - from.x, to.y - from.y) / WORLD) * 2 * Math.PI * EARTH_RADIUS_METERS;
  const latAt = (t: number) => radians(latOf(from.y + t * (to.y - from.y)));
  const lngAt = (t: number) => radians(lngOf(from.x + t * (to.x - from.x)));
  const pieces: [start: number, end: number][] = [[0, 1]];
  let verdict: Verdict = "out";
  let looked = 0;
  for (let piece = pieces.pop(); piece !== undefined; piece = pieces.pop()) {
    const [start, end] = piece;
    const middle = (start + end) / 2;
    const distance = distanceToBox(latAt(middle), lngAt(middle), box);
    if (distance < radiusMeters - tolerance) return "in";
    const half = ((end - start) / 2) * metersAtEquator * widestParallel(latAt(start), latAt(end));
    if (distance - half > radiusMeters + tolerance) continue;
    if (half < tolerance || ++looked > MAX_PIECES) verdict = "undecided";
    else pieces.push([start, middle], [middle, end]);
    if (looked > MAX_PIECES) break;
  }
  return verdict;
}

/** The greatest cos φ between two latitudes: how many metres on the ground a metre at the equator is at most. */
function widestParallel(latA: number, latB: number): number {
  return latA * latB <= 0 ? 1 : Math.max(Math.cos(latA), Math.cos(latB));
}
