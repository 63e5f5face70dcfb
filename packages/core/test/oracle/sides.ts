import type { Segment } from "./closed-segments.ts";
import type { GridPoint, Square } from "./grid.ts";

/** Separating axes: the square's own two, and the segment's normal. Touching from outside is not entering. */
export function entersOpenSquare({ a, b }: Segment, { x0, y0, x1, y1 }: Square): boolean {
  if (Math.max(a.x, b.x) <= x0 || Math.min(a.x, b.x) >= x1) return false;
  if (Math.max(a.y, b.y) <= y0 || Math.min(a.y, b.y) >= y1) return false;
  const sides = [side(a, b, x0, y0), side(a, b, x1, y0), side(a, b, x0, y1), side(a, b, x1, y1)];
  return sides.some((s) => s > 0n) && sides.some((s) => s < 0n);
}

export function isOdd(border: readonly Segment[], point: GridPoint): boolean {
  let odd = false;
  for (const { a, b } of border) {
    if (a.y > point.y === b.y > point.y) continue;
    const [upper, lower] = a.y < b.y ? [a, b] : [b, a];
    if (side(upper, lower, point.x, point.y) > 0n) odd = !odd;
  }
  return odd;
}

/** Twice the signed area of the triangle a, b, (x, y). */
function side(a: GridPoint, b: GridPoint, x: number, y: number): bigint {
  return BigInt(b.x - a.x) * BigInt(y - a.y) - BigInt(b.y - a.y) * BigInt(x - a.x);
}
