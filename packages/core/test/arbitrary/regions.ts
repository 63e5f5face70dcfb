import fc from "fast-check";
import { circle, type LatLng, line, multi, polygon, type Region, rectangle } from "../../src/index.ts";
import { gridPoint, gridY, LIMIT } from "../oracle/grid.ts";
import { type Frame, frame, offset, pointAt, pointOnMap, tileMeters } from "./frame.ts";
import { rings } from "./rings.ts";

/** Zooms at which a region has few enough tiles to look at each. */
export interface Zooms {
  readonly minZoom: number;
  readonly maxZoom: number;
}

export interface Zoomed extends Zooms {
  readonly region: Region;
}

const REACH = 5;

/** Multiples of the world's width that leave small numbers exact enough. */
const turns = fc.constantFrom(0, 0, 0, -360, 360, 720);

export const rectangles = zoomed(frame(), rectangleIn);
export const polygons = zoomed(frame(), polygonIn);
export const circles = fc.oneof({ weight: 2, arbitrary: zoomed(frame(), circleIn) }, zoomed(frame(6), vastCircleIn));
export const lines = fc.oneof({ weight: 2, arbitrary: zoomed(frame(), lineIn) }, zoomed(frame(6), vastLineIn));
export const multis = zoomed(frame(), (place) => multiIn(place, 2));
export const regions = fc.oneof(rectangles, polygons, circles, lines, multis);

/** Two or three regions of one neighbourhood, which are likely to overlap. */
export const pairs = frame().chain((place) => withZooms(place, { regions: fc.tuple(anyIn(place), anyIn(place)) }));
export const triples = frame().chain((place) =>
  withZooms(place, { regions: fc.tuple(anyIn(place), anyIn(place), anyIn(place)) }),
);

function zoomed(frames: fc.Arbitrary<Frame>, regionIn: (place: Frame) => fc.Arbitrary<Region>): fc.Arbitrary<Zoomed> {
  return frames.chain((place) => withZooms(place, { region: regionIn(place) }));
}

function withZooms<T>(place: Frame, of: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<T & Zooms> {
  const minZoom = fc.oneof(fc.constantFrom(0, place.zoom), fc.integer({ min: 0, max: place.zoom }));
  return fc.tuple(fc.record<T>(of), minZoom).map(([value, minZoom]) => ({ ...value, minZoom, maxZoom: place.zoom }));
}

function anyIn(place: Frame): fc.Arbitrary<Region> {
  return fc.oneof(rectangleIn(place), polygonIn(place), circleIn(place), lineIn(place));
}

function multiIn(place: Frame, depth: number): fc.Arbitrary<Region> {
  const part = depth > 0 ? fc.oneof({ weight: 3, arbitrary: anyIn(place) }, multiIn(place, depth - 1)) : anyIn(place);
  return fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => multi(parts));
}

/** Boxes; those over a border of the world are written with west > east or beyond 180°; flat ones are among them. */
function rectangleIn(place: Frame): fc.Arbitrary<Region> {
  return fc
    .record({ a: offset(REACH), b: offset(REACH), flat: fc.constantFrom("", "", "", "u", "v", "uv"), turn: turns })
    .map(({ a, b, flat, turn }) => {
      const p = pointAt(place, a);
      const q = pointAt(place, { u: flat.includes("u") ? a.u : b.u, v: flat.includes("v") ? a.v : b.v });
      const [west, east] = [Math.min(p.lng, q.lng) + turn, Math.max(p.lng, q.lng) + turn];
      const crossing = west < 180 && east > 180 && east - west < 360;
      return {
        north: Math.max(p.lat, q.lat),
        south: Math.min(p.lat, q.lat),
        west,
        east: crossing ? east - 360 : east,
      };
    })
    .filter(({ north, south }) =>
      north === south
        ? Math.abs(north) <= LIMIT
        : gridY(north) !== gridY(south) && Math.abs(north) + Math.abs(south) > 0,
    )
    .map((bounds) => rectangle(bounds));
}

function polygonIn(place: Frame): fc.Arbitrary<Region> {
  return fc
    .tuple(rings(REACH), turns)
    .map(([{ outer, holes }, turn]) => {
      const put = (ring: typeof outer) => ring.map((o) => turned(pointAt(place, o), turn));
      return { outer: put(outer), holes: holes.map(put) };
    })
    .filter(({ outer, holes }) => [outer, ...holes].every((ring) => distinct(ring) >= 3 && spansMap(ring)))
    .map(({ outer, holes }) => polygon(outer, holes));
}

function circleIn(place: Frame): fc.Arbitrary<Region> {
  return fc.record({ at: offset(REACH), turn: turns, radius: radius(3.7) }).map(({ at, turn, radius }) => {
    const center = turned(pointOnMap(place, at), turn);
    return circle(center, radius * tileMeters(place, center.lat));
  });
}

/** Circles of up to more than half the world, many of them around a pole. */
function vastCircleIn(): fc.Arbitrary<Region> {
  const lats = fc.oneof(fc.double({ min: 75, max: 90, noNaN: true }), fc.double({ min: 0, max: 90, noNaN: true }));
  const metres = fc.oneof(
    fc.double({ min: 600e3, max: 21e6, noNaN: true }),
    fc.double({ min: 600e3, max: 2e6, noNaN: true }),
  );
  return fc
    .record({ lat: fc.oneof(lats, fc.constantFrom(0, 85, 90)), south: fc.boolean(), lng: longitude, metres })
    .map(({ lat, south, lng, metres }) => circle({ lat: south ? -lat : lat, lng }, metres));
}

function lineIn(place: Frame): fc.Arbitrary<Region> {
  const path = fc.array(fc.record({ at: offset(REACH), turn: turns }), { minLength: 1, maxLength: 5 });
  return fc
    .record({ path, radius: radius(2.9) })
    .map(({ path, radius }) => {
      const points = path.map(({ at, turn }) => turned((path.length > 1 ? pointAt : pointOnMap)(place, at), turn));
      return { points, metres: radius * tileMeters(place, Math.min(...points.map(({ lat }) => Math.abs(lat)), LIMIT)) };
    })
    .filter(({ points }) => spansMap(points) || points.every(({ lat }) => Math.abs(lat) <= LIMIT))
    .filter(({ points }) => !goesHalfRound(points))
    .map(({ points, metres }) => line(points, metres));
}

/** Lines across oceans and the poles' neighbourhood, as thin as nothing or as wide as a continent. */
function vastLineIn(): fc.Arbitrary<Region> {
  const lat = fc.oneof(
    fc.double({ min: -84, max: 84, noNaN: true }).map(clearOfZero),
    fc.constantFrom(0, 45, -45, LIMIT, -LIMIT),
  );
  return fc
    .record({
      points: fc.array(fc.record({ lat, lng: longitude }), { minLength: 2, maxLength: 4 }),
      metres: fc.oneof(fc.constant(0), fc.double({ min: 1, max: 9e6, noNaN: true })),
    })
    .filter(({ points }) => !goesHalfRound(points))
    .map(({ points, metres }) => line(points, metres));
}

/** Steps of half the world have two short ways round: those are left to tests by hand. */
function goesHalfRound(points: readonly LatLng[]): boolean {
  return points.some(({ lng }, i) => {
    const step = Math.abs(lng - (points[i - 1]?.lng ?? lng));
    return Math.abs((step % 360) - 180) < 1e-6;
  });
}

const longitude = fc.oneof(
  fc.double({ min: -200, max: 200, noNaN: true }).map(clearOfZero),
  fc.integer({ min: -8, max: 8 }).map((eighths) => eighths * 45),
);

/** Generators like numbers next to 0, and borders of tiles are there; what lies a picometre apart, nothing decides. */
function clearOfZero(degrees: number): number {
  return Math.abs(degrees) < 1e-6 ? 0 : degrees;
}

/** In tiles: none, or from a hundredth of one. */
function radius(max: number): fc.Arbitrary<number> {
  return fc.oneof(
    { weight: 1, arbitrary: fc.constant(0) },
    { weight: 4, arbitrary: fc.double({ min: 0.01, max, noNaN: true }) },
  );
}

function turned({ lat, lng }: LatLng, turn: number): LatLng {
  return { lat, lng: lng + turn };
}

function distinct(ring: readonly LatLng[]): number {
  return new Set(ring.map(gridPoint).map(({ x, y }) => `${x}/${y}`)).size;
}

/** Not all on or beyond one border of the projection. */
function spansMap(points: readonly LatLng[]): boolean {
  return points.some(({ lat }) => gridY(lat) > 0) && points.some(({ lat }) => gridY(lat) < gridY(-90));
}
