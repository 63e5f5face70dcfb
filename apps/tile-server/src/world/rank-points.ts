import { ALWAYS, type Path, STRIDE } from "./path.ts";

/**
 * Gives each point of a line its rank, in place, so that simplifying it for a zoom is to skip the lower ones: Douglas
 * and Peucker's algorithm, run once for all tolerances. The first and the last point stay.
 */
export function rankPoints(path: Path): Path {
  const last = path.length - STRIDE;
  for (let i = 0; i < last; i += STRIDE) path[i + 2] = 0;
  path[2] = ALWAYS;
  path[last + 2] = ALWAYS;
  const stack = [0, last, ALWAYS];
  while (stack.length > 0) {
    const most = stack.pop() ?? 0;
    const to = stack.pop() ?? 0;
    const from = stack.pop() ?? 0;
    const [at, square] = furthest(path, from, to);
    if (at === from) continue;
    // Never above the rank of the points it lies between: then no tolerance keeps it without them.
    const rank = Math.min(square, most);
    path[at + 2] = rank;
    stack.push(from, at, rank, at, to, rank);
  }
  return path;
}

/** The point that is furthest from the straight way between two others; `from` when there is none off it. */
function furthest(path: Path, from: number, to: number): [at: number, square: number] {
  const ax = path[from] as number;
  const ay = path[from + 1] as number;
  const dx = (path[to] as number) - ax;
  const dy = (path[to + 1] as number) - ay;
  const square = dx * dx + dy * dy;
  let at = from;
  let most = 0;
  for (let i = from + STRIDE; i < to; i += STRIDE) {
    const x = (path[i] as number) - ax;
    const y = (path[i + 1] as number) - ay;
    const along = square === 0 ? 0 : Math.max(0, Math.min(1, (x * dx + y * dy) / square));
    const offX = x - along * dx;
    const offY = y - along * dy;
    const off = offX * offX + offY * offY;
    if (off > most) {
      most = off;
      at = i;
    }
  }
  return [at, most];
}
