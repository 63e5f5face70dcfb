import type { Position } from "./position.ts";

/**
 * The rings of a polygon with edges that take the short way round in longitude, going on beyond ±180° where they cross
 * the antimeridian. An edge all the way round stays one, and a ring around a pole, which cannot close, stays as it is.
 */
export function theShortWay(rings: readonly (readonly Position[])[]): (readonly Position[])[] {
  const start = rings[0]?.[0]?.[0] ?? 0;
  return rings.map((ring) => continued(ring, start));
}

function continued(ring: readonly Position[], start: number): readonly Position[] {
  const [first, last] = [ring[0], ring.at(-1)];
  if (first === undefined || last === undefined) return ring;
  let written = first[0];
  const east = start + shortStep(start, written);
  let lng = east;
  const path = ring.map(([next, lat]): Position => {
    lng += shortStep(written, next);
    written = next;
    return [lng, lat];
  });
  const isClosed = lng + shortStep(written, first[0]) === east;
  return isClosed ? path : ring;
}

/** From one meridian to another, at most half-way round; all the way round where that is what is written. */
function shortStep(from: number, to: number): number {
  const step = to - from;
  return Math.abs(step) > 180 && Math.abs(step) !== 360 ? step - 360 * Math.round(step / 360) : step;
}
