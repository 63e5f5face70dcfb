import { GRID } from "../../geo/mercator.ts";
import type { RowCollector } from "../row-collector.ts";

/**
 * Adds the tiles that the points of a path lie in; `path` is world coordinates, [x, y, x, y, …].
 *
 * Segments contain their ends, tiles their northern and western border; the last row contains the southern one too.
 */
export function addSegments(path: ArrayLike<number>, z: number, rows: RowCollector): void {
  const scale = 2 ** z;
  if (path.length === 2)
    addSegment(path[0]! * scale, path[1]! * scale, path[0]! * scale, path[1]! * scale, scale, rows);
  for (let i = 2; i < path.length; i += 2) {
    const xa = path[i - 2]! * scale;
    const ya = path[i - 1]! * scale;
    const xb = path[i]! * scale;
    const yb = path[i + 1]! * scale;
    if (ya <= yb) addSegment(xa, ya, xb, yb, scale, rows);
    else addSegment(xb, yb, xa, ya, scale, rows);
  }
}

/** From the upper end (xa, ya) to the lower end (xb, yb), in tiles. */
function addSegment(xa: number, ya: number, xb: number, yb: number, scale: number, rows: RowCollector): void {
  const grid = GRID / scale;
  const between = (y: number) => Math.round((xa + ((y - ya) * (xb - xa)) / (yb - ya)) * grid) / grid;
  const xAt = (y: number) => (y === ya ? xa : y === yb ? xb : between(y));
  const lastRow = Math.min(Math.floor(yb), scale - 1);
  for (let row = Math.min(Math.floor(ya), lastRow); row <= lastRow; row++) {
    const top = xAt(Math.max(row, ya));
    const bottom = row === lastRow ? xb : xAt(row + 1);
    const right = Math.max(top, bottom);
    // Where the segment goes on to the next row, its point on the border is not in this one.
    const hasRight = row === lastRow || right === top;
    rows.addColumns(row, Math.floor(Math.min(top, bottom)), hasRight ? Math.floor(right) + 1 : Math.ceil(right));
  }
}
