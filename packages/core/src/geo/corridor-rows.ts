import { forEachDiscRow } from "./disc-rows.ts";
import { isOnMap, latitudeOf, mercatorAt, tileY } from "./mercator.ts";
import { OffsetCurve, type RhumbLine } from "./offset-curve.ts";
import { RowExtents } from "./row-extents.ts";

/**
 * The rows of each segment's corridor: what a disc of an angular radius sweeps over as its centre moves along a
 * path of world coordinates, [x, y, x, y, …]. A path of one point is a disc.
 *
 * In each row that is one interval, because the centre moves steadily through the latitudes. Its ends lie on the
 * border of the corridor: on one of the discs at the segment's ends, or on a curve beside the segment, where that
 * enters or leaves the row or turns within it.
 */
export function* corridorRows(path: Float64Array, angle: number, z: number): Generator<RowExtents, void, undefined> {
  let from = discExtents(path, 0, angle, z);
  if (path.length === 2) yield from;
  for (let i = 2; i < path.length; i += 2) {
    const to = discExtents(path, i, angle, z);
    yield segmentExtents(from, to, rhumbLineTo(path, i), angle, z);
    from = to;
  }
}

/** The segment of a path that ends at its point i. */
export function rhumbLineTo(path: Float64Array, i: number): RhumbLine {
  return { xa: path[i - 2]!, ma: mercatorAt(path[i - 1]!), xb: path[i]!, mb: mercatorAt(path[i + 1]!) };
}

function discExtents(path: Float64Array, i: number, angle: number, z: number): RowExtents {
  const latitude = latitudeOf(mercatorAt(path[i + 1]!));
  const rows = 2 ** z;
  const extents = new RowExtents(
    Math.floor(tileY(latitude + angle, rows)),
    Math.ceil(tileY(latitude - angle, rows)) - 1,
  );
  forEachDiscRow(path[i]!, latitude, angle, z, (row, left, right) => extents.include(row, left, right));
  return extents;
}

function segmentExtents(from: RowExtents, to: RowExtents, line: RhumbLine, angle: number, z: number): RowExtents {
  const extents = new RowExtents(Math.min(from.first, to.first), Math.max(from.last, to.last));
  from.visit((row, left, right) => extents.include(row, left, right));
  to.visit((row, left, right) => extents.include(row, left, right));
  const rows = 2 ** z;
  for (const side of [1, -1] as const) {
    const curve = new OffsetCurve(line, angle, side);
    for (let row = extents.first; row <= extents.last + 1; row++) {
      const sinParallel = Math.tanh(mercatorAt(row / rows));
      curve.forEachCrossing(sinParallel, (x) => {
        extents.include(row - 1, x * rows, x * rows);
        extents.include(row, x * rows, x * rows);
      });
    }
    curve.forEachTurning((x, latitude) => {
      if (isOnMap(latitude)) extents.include(Math.floor(tileY(latitude, rows)), x * rows, x * rows);
    });
  }
  return extents;
}
