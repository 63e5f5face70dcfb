import fc from "fast-check";
import { type Offset, offset } from "./frame.ts";

export interface Rings {
  readonly outer: readonly Offset[];
  readonly holes: readonly (readonly Offset[])[];
}

/** Outer rings and holes of every kind that gives polygon code trouble, in tiles. */
export function rings(reach: number): fc.Arbitrary<Rings> {
  return fc.oneof(
    { weight: 4, arbitrary: fc.record({ outer: ring(reach), holes: fc.array(ring(reach), { maxLength: 2 }) }) },
    { weight: 1, arbitrary: nested(reach) },
    { weight: 1, arbitrary: keyholed(reach) },
    { weight: 1, arbitrary: collinear(reach).map((outer) => ({ outer, holes: [] })) },
    { weight: 1, arbitrary: ring(reach).map((outer) => ({ outer, holes: [outer] })) },
  );
}

function ring(reach: number): fc.Arbitrary<Offset[]> {
  const loose = fc.array(offset(reach), { minLength: 3, maxLength: 9 });
  return fc.tuple(fc.oneof(loose, star(reach), box(reach)), flaws).map(([points, spoil]) => spoil(points));
}

/**
 * Self-intersecting: every second or third of the points around a circle; six points by threes go round twice.
 * On a grid of 1/64 tile, so that points that come again are the same again and leave no slivers.
 */
function star(reach: number): fc.Arbitrary<Offset[]> {
  return fc.record({ points: fc.integer({ min: 5, max: 9 }), step: fc.constantFrom(2, 3), turn: unit }).map((s) =>
    Array.from({ length: s.points }, (_, i) => {
      const angle = 2 * Math.PI * ((i * s.step) / s.points + s.turn);
      return { u: Math.round(64 * reach * Math.cos(angle)) / 64, v: Math.round(64 * reach * Math.sin(angle)) / 64 };
    }),
  );
}

/** Upright boxes on tile borders and fractions of tiles. */
function box(reach: number): fc.Arbitrary<Offset[]> {
  return fc
    .tuple(offset(reach), offset(reach))
    .filter(([a, b]) => a.u !== b.u && a.v !== b.v)
    .map(([a, b]) => [a, { u: b.u, v: a.v }, b, { u: a.u, v: b.v }]);
}

/** A hole that lies inside, touches from inside, shares edges or crosses: the outer box shrunk by sixteenths. */
function nested(reach: number): fc.Arbitrary<Rings> {
  return fc.tuple(box(reach), offset(1), fc.integer({ min: -2, max: 16 })).map(([outer, shift, sixteenths]) => {
    const hole = outer.map(({ u, v }) => ({ u: (u * sixteenths) / 16 + shift.u, v: (v * sixteenths) / 16 + shift.v }));
    return { outer, holes: [hole] };
  });
}

/** One ring that walks along a slit to an inner ring and back. */
function keyholed(reach: number): fc.Arbitrary<Rings> {
  return fc.tuple(ring(reach), ring(Math.ceil(reach / 2))).map(([around, within]) => {
    const outer = [...around, ...around.slice(0, 1), ...within, ...within.slice(0, 1), ...around.slice(0, 1)];
    return { outer, holes: [] };
  });
}

/** Rings without area whose points stay collinear on the grid: whole multiples of one step. */
function collinear(reach: number): fc.Arbitrary<Offset[]> {
  const whole = fc.integer({ min: -reach, max: reach });
  const multiples = fc.uniqueArray(whole, { minLength: 3, maxLength: 6 });
  return fc
    .record({ multiples, du: whole, dv: whole })
    .filter(({ du, dv }) => du !== 0 || dv !== 0)
    .map(({ multiples, du, dv }) => multiples.map((k) => ({ u: (k * du) / 8, v: (k * dv) / 8 })));
}

const unit = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });

/** What real rings suffer from: doubled points, spikes, a repeated first point, the other winding. */
const flaws = fc
  .array(
    fc.record({ kind: fc.constantFrom("double", "spike", "close", "reverse"), at: fc.nat({ max: 20 }), to: offset(3) }),
    { maxLength: 3 },
  )
  .map((list) => (points: readonly Offset[]) => list.reduce(flawed, [...points]));

function flawed(points: Offset[], flaw: { kind: string; at: number; to: Offset }): Offset[] {
  const index = flaw.at % points.length;
  const point = points[index] ?? flaw.to;
  if (flaw.kind === "double") return points.toSpliced(index, 0, point);
  if (flaw.kind === "spike") return points.toSpliced(index, 0, point, flaw.to);
  if (flaw.kind === "close") return [...points, ...points.slice(0, 1)];
  return points.toReversed();
}
