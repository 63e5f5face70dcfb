import { clipLine, clipRing } from "./clip.ts";
import type { Path } from "./path.ts";
import { type WorldFeature, worldFeature } from "./world-feature.ts";

/** A rectangle in world coordinates. */
export interface Box {
  readonly west: number;
  readonly east: number;
  readonly north: number;
  readonly south: number;
}

/** What of a feature lies in a box: a polygon stays one, a line may come apart. */
export function clipFeature(feature: WorldFeature, box: Box): WorldFeature[] {
  if (!touches(feature, box)) return [];
  if (isWithin(feature, box)) return [feature];
  const { type, paths, tags } = feature;
  if (type === "line") {
    return paths.flatMap((path) => lineWithin(path, box)).map((path) => worldFeature("line", [path], tags));
  }
  const [outline, ...holes] = paths.map((path) => ringWithin(path, box));
  if (outline === undefined || outline.length === 0) return [];
  return [worldFeature("polygon", [outline, ...holes.filter(({ length }) => length > 0)], tags)];
}

function ringWithin(ring: Path, { west, east, north, south }: Box): Path {
  return clipRing(clipRing(ring, 0, west, east), 1, north, south);
}

function lineWithin(line: Path, { west, east, north, south }: Box): Path[] {
  return clipLine(line, 0, west, east).flatMap((part) => clipLine(part, 1, north, south));
}

function touches(a: Box, b: Box): boolean {
  return a.west <= b.east && a.east >= b.west && a.north <= b.south && a.south >= b.north;
}

function isWithin(a: Box, b: Box): boolean {
  return a.west >= b.west && a.east <= b.east && a.north >= b.north && a.south <= b.south;
}
