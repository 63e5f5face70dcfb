import { copiesOf, type GridPoint, type Square, squareOf, WORLD } from "./grid.ts";
import { anyOf, type TilePredicate, type Verdict } from "./verdict.ts";

export interface Segment {
  readonly a: GridPoint;
  readonly b: GridPoint;
}

/**
 * Tiles whose half-open square holds a point of one of the closed segments. Exact where points and borders meet on the
 * grid. Undecided is a tile that hangs on less than a grid step: on the rounding of an end to the grid, or on a slanting
 * segment that cuts its corner by less than that, or misses it by less, without touching it.
 */
export function meetsSegments(segments: readonly Segment[]): TilePredicate {
  return (z, x, y) => anyOf(segments.map((segment) => verdictOf(segment, squareOf(z, x, y))));
}

function verdictOf({ a, b }: Segment, square: Square): Verdict {
  const copies = copiesOf(square, Math.min(a.x, b.x) - 1, Math.max(a.x, b.x) + 1);
  return anyOf(copies.map((copy) => verdictOfCopy(a, b, copy)));
}

function verdictOfCopy(a: GridPoint, b: GridPoint, square: Square): Verdict {
  const span = spanWithin(a, b, square);
  const isSlanting = a.x !== b.x && a.y !== b.y;
  const isIn = !span.isEmpty;
  if (isSlanting && isIn) {
    const steps = span.length * Math.max(Math.abs(b.x - a.x), Math.abs(b.y - a.y));
    if (steps > 0 && steps < 1) return "undecided";
  }
  if (isSlanting && !isIn && spanWithin(a, b, square, { margin: 0 }).isEmpty) {
    if (!spanWithin(a, b, square, { margin: 1 }).isEmpty) return "undecided";
  }
  const isCertain = roundingsOf(a).every((p) => roundingsOf(b).every((q) => spanWithin(p, q, square).isEmpty !== isIn));
  return isCertain ? (isIn ? "in" : "out") : "undecided";
}

function roundingsOf({ x, y, blur = { x: 0, y: 0 } }: GridPoint): GridPoint[] {
  const xs = blur.x ? [x - 1, x + 1] : [x];
  const ys = blur.y ? [Math.max(0, y - 1), Math.min(WORLD, y + 1)] : [y];
  return xs.flatMap((x) => ys.map((y) => ({ x, y })));
}

/** The part of a segment in the half-open square, or in the closed one that is larger by a margin. */
function spanWithin(a: GridPoint, b: GridPoint, square: Square, closed?: { readonly margin: number }): ParameterSpan {
  const span = new ParameterSpan();
  const margin = closed?.margin ?? 0;
  // The last row also owns the southern border, which has no row below it.
  const ownsSouth = square.y1 === WORLD;
  span.atLeast(a.x, b.x, square.x0 - margin);
  span.atLeast(a.y, b.y, square.y0 - margin);
  span.atMost(a.x, b.x, square.x1 + margin, closed === undefined);
  span.atMost(a.y, b.y, square.y1 + margin, closed === undefined && !ownsSouth);
  return span;
}

/** A fraction with a positive denominator. */
interface Fraction {
  readonly n: bigint;
  readonly d: bigint;
}

/** The t in [0, 1] for which a + t·(b − a) keeps all bounds given so far: an interval with open or closed ends. */
class ParameterSpan {
  private from: Fraction = { n: 0n, d: 1n };
  private fromOpen = false;
  private to: Fraction = { n: 1n, d: 1n };
  private toOpen = false;
  private impossible = false;

  get isEmpty(): boolean {
    const order = compare(this.from, this.to);
    return this.impossible || order > 0 || (order === 0 && (this.fromOpen || this.toOpen));
  }

  get length(): number {
    return Number(this.to.n * this.from.d - this.from.n * this.to.d) / Number(this.to.d * this.from.d);
  }

  atLeast(a: number, b: number, bound: number): void {
    if (a === b) this.impossible ||= a < bound;
    else if (b > a) this.raise(crossing(a, b, bound), false);
    else this.lower(crossing(a, b, bound), false);
  }

  atMost(a: number, b: number, bound: number, open: boolean): void {
    if (a === b) this.impossible ||= open ? a >= bound : a > bound;
    else if (b > a) this.lower(crossing(a, b, bound), open);
    else this.raise(crossing(a, b, bound), open);
  }

  private raise(at: Fraction, open: boolean): void {
    const order = compare(at, this.from);
    if (order > 0) [this.from, this.fromOpen] = [at, open];
    else if (order === 0) this.fromOpen ||= open;
  }

  private lower(at: Fraction, open: boolean): void {
    const order = compare(at, this.to);
    if (order < 0) [this.to, this.toOpen] = [at, open];
    else if (order === 0) this.toOpen ||= open;
  }
}

function crossing(a: number, b: number, bound: number): Fraction {
  const [n, d] = [BigInt(bound) - BigInt(a), BigInt(b) - BigInt(a)];
  return d > 0n ? { n, d } : { n: -n, d: -d };
}

function compare(p: Fraction, q: Fraction): number {
  const difference = p.n * q.d - q.n * p.d;
  return difference > 0n ? 1 : difference < 0n ? -1 : 0;
}
