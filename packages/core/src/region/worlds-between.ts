import type { RectangleRegion } from "./region.ts";

/** How many worlds further on a rectangle's eastern bound lies than it is written: where the western is greater. */
export function worldsBetween({ west, east }: RectangleRegion): number {
  return west > east ? Math.ceil((west - east) / 360) : 0;
}
