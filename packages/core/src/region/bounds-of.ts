import { corridorRows } from "../geo/corridor-rows.ts";
import { forEachDiscRow } from "../geo/disc-rows.ts";
import { lngOf, MAX_LATITUDE, worldX } from "../geo/mercator.ts";
import { angleOf, RADIANS } from "../geo/sphere.ts";
import type { LatLng, Region } from "./region.ts";
import { worldPath } from "./world-path.ts";
import { worldsBetween } from "./worlds-between.ts";

/** Two parallels and two meridians, in degrees; `west > east` where the antimeridian lies between them. */
export interface Bounds {
  readonly north: number;
  readonly south: number;
  readonly east: number;
  readonly west: number;
}

/**
 * The smallest rectangle on the map that contains a region, over the antimeridian where that is shorter.
 *
 * It is exact, and `rectangle(boundsOf(region))` is a region again. Longitudes are within ±180°.
 */
export function boundsOf(region: Region): Bounds {
  const extents = extentsOf(region);
  const north = clampToMap(greatest(extents.map((extent) => extent.north)));
  const south = clampToMap(least(extents.map((extent) => extent.south)));
  return { north, south, ...shortestAround(extents) };
}

/** How far something reaches, in degrees; beyond 180°, longitudes go on. */
interface Extent {
  readonly north: number;
  readonly south: number;
  readonly west: number;
  readonly east: number;
}

function extentsOf(region: Region): Extent[] {
  switch (region.type) {
    case "rectangle": {
      const { north, south, west, east } = region;
      return [{ north, south, west, east: east + 360 * worldsBetween(region) }];
    }
    case "circle": {
      const { center, radiusMeters } = region;
      return lineExtents([center], angleOf(radiusMeters));
    }
    case "line":
      return lineExtents(region.path, angleOf(region.radiusMeters));
    case "polygon": {
      const longitudes = region.outer.map(({ lng }) => lng);
      return [{ ...latitudesOf(region.outer, 0), west: least(longitudes), east: greatest(longitudes) }];
    }
    case "multi":
      return region.regions.flatMap(extentsOf);
  }
}

function lineExtents(points: readonly LatLng[], angle: number): Extent[] {
  const latitudes = latitudesOf(points, angle);
  const extents: Extent[] = [];
  const add = (west: number, east: number) => extents.push({ ...latitudes, west: lngOf(west), east: lngOf(east) });
  const path = worldPath(points);
  const [first] = points;
  // At zoom 0 the world is one row, so that row's extent is that of the whole.
  if (angle === 0) add(least(path.filter((_, i) => i % 2 === 0)), greatest(path.filter((_, i) => i % 2 === 0)));
  else if (path.length === 2 && first !== undefined) {
    forEachDiscRow(worldX(first.lng), first.lat * RADIANS, angle, 0, (_, left, right) => add(left, right));
  } else {
    for (const segment of corridorRows(path, angle, 0)) segment.visit((_, left, right) => add(left, right));
  }
  return extents;
}

function latitudesOf(points: readonly LatLng[], angle: number): { north: number; south: number } {
  const latitudes = points.map(({ lat }) => lat);
  return { north: greatest(latitudes) + angle / RADIANS, south: least(latitudes) - angle / RADIANS };
}

/** The shortest way round that passes all extents: the one that leaves out the widest gap between them. */
function shortestAround(extents: readonly Extent[]): { west: number; east: number } {
  const pieces = extents.flatMap(withinWorld).sort((a, b) => a.west - b.west);
  const first = pieces[0]?.west ?? 0;
  let reached = first;
  let gap = { from: 0, to: 0 };
  for (const { west, east } of pieces) {
    if (west - reached > gap.to - gap.from) gap = { from: reached, to: west };
    reached = Math.max(reached, east);
  }
  if (first + 360 - reached > gap.to - gap.from) return { west: first, east: reached };
  return gap.from === gap.to ? { west: -180, east: 180 } : { west: gap.to, east: gap.from };
}

/** The same within ±180°: cut in two where the antimeridian lies within. */
function withinWorld({ west, east }: Extent): { west: number; east: number }[] {
  if (east - west >= 360) return [{ west: -180, east: 180 }];
  const turns = 360 * Math.floor((west + 180) / 360);
  if (east - turns <= 180) return [{ west: west - turns, east: east - turns }];
  const beyond = { west: -180, east: east - turns - 360 };
  return [beyond, { west: west - turns, east: 180 }];
}

function clampToMap(lat: number): number {
  return Math.max(-MAX_LATITUDE, Math.min(MAX_LATITUDE, lat));
}

function greatest(values: Iterable<number>): number {
  let most = Number.NEGATIVE_INFINITY;
  for (const value of values) most = Math.max(most, value);
  return most;
}

function least(values: Iterable<number>): number {
  let fewest = Number.POSITIVE_INFINITY;
  for (const value of values) fewest = Math.min(fewest, value);
  return fewest;
}
