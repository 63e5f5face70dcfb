import { readCircle, readLine, readMulti, readPolygon, readRectangle } from "./parse-region.ts";
import { onMap } from "./parts-on-map.ts";
import type {
  CircleRegion,
  LatLng,
  LineRegion,
  MultiRegion,
  PolygonRegion,
  RectangleRegion,
  Region,
} from "./region.ts";

/**
 * All between two parallels and two meridians, in degrees.
 *
 * `west > east` crosses the antimeridian; 360° or more from west to east is the whole way round.
 *
 * @throws RegionError that names the field, here and in all other constructors.
 * @example
 * rectangle({ north: 51.7, south: 51.3, west: -0.5, east: 0.3 });
 */
export function rectangle(bounds: { north: number; south: number; east: number; west: number }): RectangleRegion {
  return onMap(readRectangle(bounds));
}

/**
 * All within a radius of a point, in metres along great circles.
 *
 * It may cross the antimeridian and contain a pole. A radius of 0 takes the tile that contains the point.
 *
 * @example
 * circle({ lat: 51.5074, lng: -0.1278 }, 5_000);
 */
export function circle(center: LatLng, radiusMeters: number): CircleRegion {
  return onMap(readCircle({ center, radiusMeters }));
}

/**
 * A corridor: all within a radius of a path, in metres along great circles.
 *
 * Segments are straight on the map and take the short way round in longitude, so a path may cross the antimeridian
 * either as 179°, −179° or as 179°, 181°. One point makes a circle. A radius of 0 takes the tiles that the path touches.
 *
 * @example
 * line([{ lat: 47.42, lng: 10.98 }, { lat: 47.39, lng: 11.12 }], 1_000);
 */
export function line(path: readonly LatLng[], radiusMeters: number): LineRegion {
  return onMap(readLine({ path, radiusMeters }));
}

/**
 * The inside of a ring, less its holes; edges are straight on the map.
 *
 * Either winding, closed or not. What is inside follows the even-odd rule over all rings, as maps draw it, so a
 * self-intersecting ring has holes where it overlaps itself. Longitudes are taken literally: write 190° rather than
 * −170° to cross the antimeridian.
 *
 * @example
 * polygon([{ lat: 60, lng: 5 }, { lat: 60, lng: 6 }, { lat: 61, lng: 5.5 }]);
 */
export function polygon(outer: readonly LatLng[], holes: readonly (readonly LatLng[])[] = []): PolygonRegion {
  return onMap(readPolygon({ outer, holes }));
}

/**
 * Several regions as one; a tile that lies in more than one of them counts once. They may be nested. Parts beyond the
 * latitudes where the map ends are left out, as long as there are others.
 *
 * @example
 * multi([circle(hut, 2_000), line(track, 500)]);
 */
export function multi(regions: readonly Region[]): MultiRegion {
  return onMap(readMulti({ regions }));
}
