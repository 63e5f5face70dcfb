import fc from "fast-check";
import type { LatLng } from "../../src/index.ts";
import { EARTH_RADIUS_METERS, LIMIT, latOf, lngOf, WORLD } from "../oracle/grid.ts";

/** A zoom and a corner of its tiles: shapes are drawn around it in units of its tiles, so that they stay small there. */
export interface Frame {
  readonly zoom: number;
  readonly x: number;
  readonly y: number;
}

/** A point in tiles east and south of the frame's corner. */
export interface Offset {
  readonly u: number;
  readonly v: number;
}

/** Frames anywhere, most often at the antimeridian, the equator, the edge of the projection and the lowest zooms. */
export function frame(maxZoom = 24): fc.Arbitrary<Frame> {
  const zooms = fc.oneof(fc.integer({ min: 0, max: maxZoom }), fc.integer({ min: 0, max: Math.min(5, maxZoom) }));
  return zooms.chain((zoom) => {
    const last = 2 ** zoom;
    const corner = fc.oneof(fc.integer({ min: 0, max: last }), fc.constantFrom(0, Math.floor(last / 2), last));
    return fc.record({ zoom: fc.constant(zoom), x: corner, y: corner });
  });
}

/** Offsets of up to `reach` tiles, most often on a border or an even fraction of a tile. */
export function offset(reach: number): fc.Arbitrary<Offset> {
  const distance = fc.oneof(
    fc.integer({ min: -reach, max: reach }),
    fc.integer({ min: -8 * reach, max: 8 * reach }).map((eighths) => eighths / 8),
    fc.double({ min: -reach, max: reach, noNaN: true }).map(clearOfEighths),
  );
  return fc.record({ u: distance, v: distance });
}

/** On an eighth of a tile or clearly beside it: what lies a trillionth apart only makes slivers, which nothing decides. */
function clearOfEighths(distance: number): number {
  const eighth = Math.round(8 * distance) / 8;
  return Math.abs(distance - eighth) < 1e-4 ? eighth : distance;
}

export function pointAt(frame: Frame, { u, v }: Offset): LatLng {
  const size = WORLD / 2 ** frame.zoom;
  return { lat: latOf((frame.y + v) * size), lng: lngOf((frame.x + u) * size) };
}

/** The same, pulled back to the map where it lies beyond its northern or southern border. */
export function pointOnMap(frame: Frame, { u, v }: Offset): LatLng {
  const { lat, lng } = pointAt(frame, { u, v });
  return { lat: Math.min(LIMIT, Math.max(-LIMIT, lat)), lng };
}

/** The width on the ground of one of the frame's tiles at a latitude. */
export function tileMeters(frame: Frame, lat: number): number {
  return (2 * Math.PI * EARTH_RADIUS_METERS * Math.cos((lat * Math.PI) / 180)) / 2 ** frame.zoom;
}
