import type { Segment } from "./closed-segments.ts";
import { copiesOf, type GridPoint, type Square, squareOf } from "./grid.ts";
import { entersOpenSquare, isOdd } from "./sides.ts";
import { hasBodyBeside } from "./slivers.ts";
import { anyOf, type TilePredicate, type Verdict } from "./verdict.ts";

/**
 * Tiles that share positive area with the even-odd interior. Exact: where the border runs through a tile's open square
 * the parity differs on its two sides, and where it does not one point speaks for the whole square. But slivers thinner
 * than 2^-46 of the world count as no area, so a tile that may hold nothing else is undecided.
 */
export function sharesAreaWith(border: readonly Segment[]): TilePredicate {
  const xs = border.flatMap(({ a, b }) => [a.x, b.x]);
  const [west, east] = [Math.min(...xs), Math.max(...xs)];
  return (z, x, y) => anyOf(copiesOf(squareOf(z, x, y), west, east).map((square) => verdictOf(border, square)));
}

function verdictOf(border: readonly Segment[], square: Square): Verdict {
  const within = border.filter((segment) => entersOpenSquare(segment, square));
  if (within.length === 0) return isOdd(border, middleOf(square)) ? "in" : "out";
  return within.some((segment) => hasBodyBeside(segment, border, square)) ? "in" : "undecided";
}

function middleOf({ x0, y0, x1, y1 }: Square): GridPoint {
  return { x: (x0 + x1) / 2, y: (y0 + y1) / 2 };
}
