import type { Segment } from "./closed-segments.ts";
import type { Square } from "./grid.ts";
import { entersOpenSquare, isOdd } from "./sides.ts";

/** Half the side of a body: twice the four grid steps (2^-46 of the world) below which a sliver is no area. */
const BODY = 8;

/** Where along a border to look for a body. */
const PLACES = [1 / 2, 1 / 3, 5 / 7, 1 / 11, 12 / 13];

/** Whether a square of 16 grid steps beside the segment lies wholly within both the tile's square and the interior. */
export function hasBodyBeside(segment: Segment, border: readonly Segment[], square: Square): boolean {
  const [from, to] = clip(segment, square);
  const [dx, dy] = [segment.b.x - segment.a.x, segment.b.y - segment.a.y];
  const length = Math.hypot(dx, dy);
  for (const place of PLACES) {
    const t = from + place * (to - from);
    for (const away of [2 * BODY, -2 * BODY]) {
      const x = Math.round(segment.a.x + t * dx - (away * dy) / length);
      const y = Math.round(segment.a.y + t * dy + (away * dx) / length);
      const body = { x0: x - BODY, y0: y - BODY, x1: x + BODY, y1: y + BODY };
      if (body.x0 < square.x0 || body.x1 > square.x1 || body.y0 < square.y0 || body.y1 > square.y1) continue;
      if (isOdd(border, { x, y }) && !border.some((other) => entersOpenSquare(other, body))) return true;
    }
  }
  return false;
}

/** The segment's parameters where it enters and leaves the square; rounding does no harm, as bodies are then checked. */
function clip({ a, b }: Segment, { x0, y0, x1, y1 }: Square): [from: number, to: number] {
  const ends = (p: number, q: number, low: number, high: number) =>
    p === q ? [0, 1] : [(low - p) / (q - p), (high - p) / (q - p)];
  const [xs, ys] = [ends(a.x, b.x, x0, x1), ends(a.y, b.y, y0, y1)];
  return [Math.max(0, Math.min(...xs), Math.min(...ys)), Math.min(1, Math.max(...xs), Math.max(...ys))];
}
