import { corridorShapes } from "../geo/corridor-shapes.ts";
import { discRings } from "../geo/disc-rings.ts";
import { latOf, lngOf, worldX, worldY } from "../geo/mercator.ts";
import { outline, outlineOfAll } from "../geo/outline.ts";
import { simplifyPath } from "../geo/simplify-path.ts";
import { angleOf, RADIANS } from "../geo/sphere.ts";
import { contains, signedArea } from "../geo/winding.ts";
import { parseRegion } from "./parse-region.ts";
import { type Part, partsOnMap } from "./parts-on-map.ts";
import type { LatLng, Region } from "./region.ts";
import { worldPath, worldRing } from "./world-path.ts";
import { worldsBetween } from "./worlds-between.ts";

/** How far a path may be simplified before its corridor is drawn, as a part of the radius. */
const DETAIL = 0.002;

/**
 * The outline of a region as polygons that a map can draw: each an outer ring, then its holes.
 *
 * Circles and corridors follow great-circle distances and are drawn within 0.3 % of the radius; what overlaps itself is
 * united. Polygons end at the antimeridian and go on beyond it as others, so longitudes stay within ±180° and latitudes
 * on the map. Rings are not closed; outer ones run counter-clockwise. A region without area has no outline.
 *
 * @throws RegionError if the region is not valid.
 * @example
 * L.polygon(outlineOf(region)).addTo(map); // Leaflet takes it as it is
 */
export function outlineOf(region: Region): LatLng[][][] {
  return polygonsOf(worldOutlineOf(region)).map((rings) => rings.map(latLngs));
}

/** The same in world coordinates, [x, y, x, y, …], rings in no order: outer ones counter-clockwise, holes clockwise. */
export function worldOutlineOf(region: Region): number[][] {
  const outlines = partsOnMap(parseRegion(region)).map(partOutline);
  const [only] = outlines;
  if (only !== undefined && outlines.length === 1) return only;
  return outlineOfAll(outlines.sort((a, b) => (a[0]?.[1] ?? 0) - (b[0]?.[1] ?? 0)));
}

function partOutline(part: Part): number[][] {
  switch (part.type) {
    case "rectangle": {
      const west = worldX(part.west);
      const east = worldX(part.east) + worldsBetween(part);
      const north = worldY(part.north);
      const south = worldY(part.south);
      return outline([[west, north, west, south, east, south, east, north]]);
    }
    case "circle": {
      if (part.radiusMeters === 0) return [];
      const { lat, lng } = part.center;
      return outlineOfAll([discRings(worldX(lng), lat * RADIANS, angleOf(part.radiusMeters))]);
    }
    case "line": {
      if (part.radiusMeters === 0) return [];
      const angle = angleOf(part.radiusMeters);
      const path = simplifyPath(worldPath(part.path), (DETAIL * angle) / (2 * Math.PI));
      return outlineOfAll(corridorShapes(path, angle));
    }
    case "polygon":
      return outline([part.outer, ...part.holes].map(worldRing));
  }
}

/** Gives each hole to the smallest outer ring around it. */
function polygonsOf(rings: readonly number[][]): number[][][] {
  const polygons = rings
    .filter((ring) => signedArea(ring) > 0)
    .sort((a, b) => signedArea(a) - signedArea(b))
    .map((ring) => [ring]);
  for (const hole of rings.filter((ring) => signedArea(ring) < 0)) {
    const [x = 0, y = 0] = insideOf(hole);
    polygons.find(([outer]) => outer !== undefined && contains(outer, x, y))?.push(hole);
  }
  return polygons;
}

/** A point of a hole's border, between two of its corners, where it does not touch another ring. */
function insideOf([x0 = 0, y0 = 0, x1 = 0, y1 = 0]: readonly number[]): [number, number] {
  return [(x0 + x1) / 2, (y0 + y1) / 2];
}

function latLngs(ring: readonly number[]): LatLng[] {
  const points: LatLng[] = [];
  for (let i = 0; i < ring.length; i += 2) points.push({ lat: latOf(ring[i + 1] ?? 0), lng: lngOf(ring[i] ?? 0) });
  return points;
}
