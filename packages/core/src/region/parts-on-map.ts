import { RegionError } from "../errors/region-error.ts";
import { MAX_LATITUDE } from "../geo/mercator.ts";
import { angleOf, RADIANS } from "../geo/sphere.ts";
import type { LatLng, MultiRegion, PolygonRegion, Region } from "./region.ts";

/** A region that is not made of others. */
export type Part = Exclude<Region, MultiRegion>;

/** What a region is made of, at any depth, less what lies wholly beyond the latitudes where the map ends. */
export function partsOnMap(region: Region): Part[] {
  if (region.type === "multi") return region.regions.flatMap(partsOnMap);
  return isOnMap(region) ? [region] : [];
}

/** Area must have some of itself on the map; a point or a segment may touch its end. */
function isOnMap(part: Part): boolean {
  // Of most polygons the first point tells.
  if (part.type === "polygon" && part.outer.some(({ lat }) => Math.abs(lat) < MAX_LATITUDE)) return true;
  const { south, north } = latitudesOf(part);
  return south === north ? Math.abs(south) <= MAX_LATITUDE : south < MAX_LATITUDE && north > -MAX_LATITUDE;
}

/** Refuses a region that lies wholly beyond the map: not one tile could show it. */
export function onMap<R extends Region>(region: R, prefix = ""): R {
  if (partsOnMap(region).length > 0) return region;
  const [field, value] = placeOf(region);
  const problem = `lies wholly beyond ±${MAX_LATITUDE}°, where the map (Web Mercator) ends.`;
  throw new RegionError(prefix + field, value, problem);
}

/** The field that says where a region is. */
function placeOf(region: Region): [field: string, value: unknown] {
  switch (region.type) {
    case "rectangle":
      return region.south > 0 ? ["south", region.south] : ["north", region.north];
    case "circle":
      return ["center", region.center];
    case "line":
      return ["path", region.path];
    case "polygon":
      return ["outer", region.outer];
    case "multi":
      return ["regions", region.regions];
  }
}

/** How far a part reaches, in degrees; beyond the poles too. */
export function latitudesOf(part: Part): { south: number; north: number } {
  switch (part.type) {
    case "rectangle":
      return { south: part.south, north: part.north };
    case "circle":
      return latitudesAround([part.center], part.radiusMeters);
    case "line":
      return latitudesAround(part.path, part.radiusMeters);
    case "polygon":
      return latitudesAround(ringPoints(part), 0);
  }
}

/** By the even-odd rule, what a hole has beyond the outer ring is inside, so all rings say how far a polygon reaches. */
export function ringPoints({ outer, holes }: PolygonRegion): readonly LatLng[] {
  return [outer, ...holes].flat();
}

function latitudesAround(points: readonly LatLng[], radiusMeters: number): { south: number; north: number } {
  let south = 90;
  let north = -90;
  for (const { lat } of points) {
    south = Math.min(south, lat);
    north = Math.max(north, lat);
  }
  const reach = angleOf(radiusMeters) / RADIANS;
  return { south: south - reach, north: north + reach };
}
