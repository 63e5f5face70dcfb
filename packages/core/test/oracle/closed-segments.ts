import { copiesOf, type GridPoint, type Square, squareOf, WORLD } from "./grid.ts";
import { anyOf, type TilePredicate, type Verdict } from "./verdict.ts";

export interface Segment {
  readonly a: GridPoint;
  readonly b: GridPoint;
}

/**
 * Tiles whose half-open square holds a point of one of the closed segments. Exact for points on the grid; where rounding
 * to the grid may have moved an end by a step, tiles that such a step decides are undecided.
 */
export function meetsSegments(segments: readonly Segment[]): TilePredicate {
  return (z, x, y) => anyOf(segments.map((segment) => verdictOf(segment, squareOf(z, x, y))));
}

function verdictOf({ a, b }: Segment, square: Square): Verdict {
  const verdict = meets(a, b, square);
  const isCertain = roundingsOf(a).every((p) => roundingsOf(b).every((q) => meets(p, q, square) === verdict));
  return isCertain ? (verdict ? "in" : "out") : "undecided";
}

function roundingsOf({ x, y, blur = { x: 0, y: 0 } }: GridPoint): GridPoint[] {
  const xs = blur.x ? [x - 1, x + 1] : [x];
  const ys = blur.y ? [Math.max(0, y - 1), Math.min(WORLD, y + 1)] : [y];
  return xs.flatMap((x) => ys.map((y) => ({ x, y })));
}

function meets(a: GridPoint, b: GridPoint, square: Square): boolean {
  return copiesOf(square, Math.min(a.x, b.x), Math.max(a.x, b.x)).some((copy) => {
    const span = new ParameterSpan();
    span.atLeast(a.x, b.x, copy.x0);
    span.below(a.x, b.x, copy.x1);
    span.atLeast(a.y, b.y, copy.y0);
    // The last row also owns the southern border, which has no row below it.
    if (copy.y1 < WORLD) span.below(a.y, b.y, copy.y1);
    return !span.isEmpty;
  });
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

  atLeast(a: number, b: number, bound: number): void {
    if (a === b) this.impossible ||= a < bound;
    else if (b > a) this.raise(crossing(a, b, bound), false);
    else this.lower(crossing(a, b, bound), false);
  }

  below(a: number, b: number, bound: number): void {
    if (a === b) this.impossible ||= a >= bound;
    else if (b > a) this.lower(crossing(a, b, bound), true);
    else this.raise(crossing(a, b, bound), true);
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
