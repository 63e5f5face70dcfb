import { corridorRows } from "../geo/corridor-rows.ts";
import { forEachDiscRow } from "../geo/disc-rows.ts";
import { lngOf, MAX_LATITUDE, worldX } from "../geo/mercator.ts";
import { angleOf, RADIANS } from "../geo/sphere.ts";
import { parseRegion } from "./parse-region.ts";
import { latitudesOf, type Part, partsOnMap, ringPoints } from "./parts-on-map.ts";
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
 *
 * @throws RegionError if the region is not valid.
 */
export function boundsOf(region: Region): Bounds {
  let north = -MAX_LATITUDE;
  let south = MAX_LATITUDE;
  const extents: Extent[] = [];
  for (const part of partsOnMap(parseRegion(region))) {
    const latitudes = latitudesOf(part);
    north = Math.max(north, Math.min(latitudes.north, MAX_LATITUDE));
    south = Math.min(south, Math.max(latitudes.south, -MAX_LATITUDE));
    extents.push(...extentsOf(part));
  }
  return { north, south, ...shortestAround(extents) };
}

/** From one meridian eastward to another, in degrees; beyond 180°, longitudes go on. */
interface Extent {
  readonly west: number;
  readonly east: number;
}

function extentsOf(part: Part): Extent[] {
  switch (part.type) {
    case "rectangle":
      return [{ west: part.west, east: part.east + 360 * worldsBetween(part) }];
    case "circle":
      return corridorExtents([part.center], part.radiusMeters);
    case "line":
      return corridorExtents(part.path, part.radiusMeters);
    case "polygon":
      return [extentOf(ringPoints(part).map(({ lng }) => lng))];
  }
}

function corridorExtents(points: readonly LatLng[], radiusMeters: number): Extent[] {
  const angle = angleOf(radiusMeters);
  const path = worldPath(points);
  const [first] = points;
  if (angle === 0 || first === undefined) return [extentOf([...path.filter((_, i) => i % 2 === 0)].map(lngOf))];
  // At zoom 0 the world is one row, so that row's extent is that of the whole.
  const extents: Extent[] = [];
  const add = (_: number, left: number, right: number) => extents.push({ west: lngOf(left), east: lngOf(right) });
  if (path.length === 2) forEachDiscRow(worldX(first.lng), first.lat * RADIANS, angle, 0, add);
  else for (const segment of corridorRows(path, angle, 0)) segment.visit(add);
  return extents;
}

function extentOf(longitudes: readonly number[]): Extent {
  let west = Number.POSITIVE_INFINITY;
  let east = Number.NEGATIVE_INFINITY;
  for (const lng of longitudes) {
    west = Math.min(west, lng);
    east = Math.max(east, lng);
  }
  return { west, east };
}

/** The shortest way round that passes all extents: the one that leaves out the widest gap between them. */
function shortestAround(extents: readonly Extent[]): Extent {
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
function withinWorld({ west, east }: Extent): Extent[] {
  if (east - west >= 360) return [{ west: -180, east: 180 }];
  const turns = 360 * Math.floor((west + 180) / 360);
  if (east - turns <= 180) return [{ west: west - turns, east: east - turns }];
  const beyond = { west: -180, east: east - turns - 360 };
  return [beyond, { west: west - turns, east: 180 }];
}
