import type { LatLng } from "../../src/index.ts";
import { boxOf, distanceToBox, radians } from "./box-distance.ts";
import type { TilePredicate, Verdict } from "./verdict.ts";

/** The grid's step is 0.14 µm on the ground; doubles on the sphere know about 10⁻⁹ m. */
export function toleranceOf(radiusMeters: number): number {
  return 1e-6 + 1e-9 * radiusMeters;
}

function judge(distanceMeters: number, radiusMeters: number): Verdict {
  if (Math.abs(distanceMeters - radiusMeters) < toleranceOf(radiusMeters)) return "undecided";
  return distanceMeters < radiusMeters ? "in" : "out";
}

/** Tiles whose box comes nearer to the centre than the radius: those then share an open set with the disc. */
export function meetsDisc(center: LatLng, radiusMeters: number): TilePredicate {
  const [lat, lng] = [radians(center.lat), radians(center.lng)];
  return (z, x, y) => judge(distanceToBox(lat, lng, boxOf(z, x, y)), radiusMeters);
}
