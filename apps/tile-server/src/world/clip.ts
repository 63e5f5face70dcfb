import { ALWAYS, type Path, STRIDE } from "./path.ts";

/** What of a ring lies between two bounds of x (axis 0) or y (axis 1), closed along them. Empty: nothing. */
export function clipRing(ring: Path, axis: 0 | 1, low: number, high: number): Path {
  const clipped = new Clipped(ring.length);
  for (let i = 0; i + STRIDE < ring.length; i += STRIDE) clipped.segment(ring, i, axis, low, high);
  return clipped.takeClosed();
}

/** The parts of a line that lie between two bounds. */
export function clipLine(line: Path, axis: 0 | 1, low: number, high: number): Path[] {
  const parts: Path[] = [];
  const clipped = new Clipped(line.length);
  for (let i = 0; i + STRIDE < line.length; i += STRIDE) {
    const leaves = clipped.segment(line, i, axis, low, high);
    const isLast = i + 2 * STRIDE >= line.length;
    if (isLast && !leaves) clipped.endpoint(line, axis, low, high);
    if (!leaves && !isLast) continue;
    const part = clipped.take();
    if (part.length >= 2 * STRIDE) parts.push(part);
  }
  return parts;
}

/** A path that grows, with room for twice what it is clipped from. */
class Clipped {
  readonly #points: Float64Array;
  #length = 0;

  constructor(length: number) {
    this.#points = new Float64Array(2 * length + 4 * STRIDE);
  }

  /** Adds the segment's part between the bounds without its end; says whether it leaves there. */
  segment(path: Path, i: number, axis: 0 | 1, low: number, high: number): boolean {
    const a = path[i + axis] as number;
    const b = path[i + STRIDE + axis] as number;
    const isInside = a >= low && a <= high;
    if (isInside) this.#add(path[i] as number, path[i + 1] as number, path[i + 2] as number);
    const entry = a < low && b >= low ? low : a > high && b <= high ? high : undefined;
    if (entry !== undefined) this.#addCrossing(path, i, axis, entry);
    const exit = b < low && a >= low ? low : b > high && a <= high ? high : undefined;
    if (exit !== undefined) this.#addCrossing(path, i, axis, exit);
    return exit !== undefined;
  }

  /** Adds the path's last point, if it lies between the bounds. */
  endpoint(path: Path, axis: 0 | 1, low: number, high: number): void {
    const i = path.length - STRIDE;
    const value = path[i + axis] as number;
    if (value >= low && value <= high) this.#add(path[i] as number, path[i + 1] as number, path[i + 2] as number);
  }

  /** What has been added since the last time. */
  take(): Path {
    const path = this.#points.slice(0, this.#length);
    this.#length = 0;
    return path;
  }

  /** The same as a ring; empty when it is too short for one. */
  takeClosed(): Path {
    if (this.#length < 3 * STRIDE) return new Float64Array();
    this.#add(this.#points[0] as number, this.#points[1] as number, ALWAYS);
    this.#points[2] = ALWAYS;
    return this.take();
  }

  #addCrossing(path: Path, i: number, axis: 0 | 1, bound: number): void {
    const ax = path[i] as number;
    const ay = path[i + 1] as number;
    const bx = path[i + STRIDE] as number;
    const by = path[i + STRIDE + 1] as number;
    if (axis === 0) this.#add(bound, ay + ((bound - ax) / (bx - ax)) * (by - ay), ALWAYS);
    else this.#add(ax + ((bound - ay) / (by - ay)) * (bx - ax), bound, ALWAYS);
  }

  #add(x: number, y: number, rank: number): void {
    this.#points[this.#length++] = x;
    this.#points[this.#length++] = y;
    this.#points[this.#length++] = rank;
  }
}
