import { rhumbLineTo } from "./corridor-rows.ts";
import { arc, discRings } from "./disc-rings.ts";
import { latitudeOf, mercatorAt, mercatorOf, worldYOf } from "./mercator.ts";
import { OffsetCurve } from "./offset-curve.ts";
import { counterClockwise } from "./winding.ts";

/** The longest step of latitude along the border of a corridor, in radians: within it the border is straight. */
const STEP = Math.PI / 360;

/**
 * Shapes of world coordinates that together make a corridor around a path: strips beside its segments, and fans where
 * it begins, turns and ends. They overlap.
 */
export function corridorShapes(path: Float64Array, angle: number): number[][][] {
  if (reachesPole(path, angle)) return discsAlong(path, angle);
  return stripsAndFans(path, angle).map((ring) => [counterClockwise(ring)]);
}

function stripsAndFans(path: Float64Array, angle: number): number[][] {
  const rings: number[][] = [];
  const fan = (i: number, from: number, to: number) => {
    const latitude = latitudeOf(mercatorAt(path[i + 1]!));
    rings.push([path[i]!, path[i + 1]!, ...arc(path[i]!, latitude, angle, from, to)]);
  };
  let before = bearingTo(path, 2);
  fan(0, before + Math.PI / 2, before + (3 * Math.PI) / 2);
  for (let i = 2; i < path.length; i += 2) {
    rings.push(...strips(path, i, angle));
    const after = i + 2 < path.length ? bearingTo(path, i + 2) : before + Math.PI;
    const turn = after - before - 2 * Math.PI * Math.round((after - before) / (2 * Math.PI));
    // The gap opens on the outer side of the turn.
    const outer = before - Math.sign(turn) * (Math.PI / 2);
    fan(i, outer, outer + turn);
    before = after;
  }
  return rings;
}

/**
 * A segment's corridor between its end points, in strips short enough to have straight borders. Where a strip ends it
 * passes the centre, as the fan there does: shapes that share a whole border unite without a gap.
 */
function strips(path: Float64Array, i: number, angle: number): number[][] {
  const line = rhumbLineTo(path, i);
  const right = new OffsetCurve(line, angle, 1);
  const left = new OffsetCurve(line, angle, -1);
  const steps = Math.max(1, Math.ceil(Math.abs(latitudeOf(line.mb) - latitudeOf(line.ma)) / STEP));
  const across = Array.from({ length: steps + 1 }, (_, k) => {
    const t = k / steps;
    const centre = [line.xa + t * (line.xb - line.xa), path[i - 1]! + t * (path[i + 1]! - path[i - 1]!)] as const;
    return [worldOf(left.at(t)), k === steps ? ([path[i]!, path[i + 1]!] as const) : centre, worldOf(right.at(t))];
  });
  return across.slice(1).map((to, k) => [...across[k]!, ...to.toReversed()].flat());
}

function worldOf({ x, latitude }: { x: number; latitude: number }): readonly [number, number] {
  return [x, worldYOf(mercatorOf(latitude))];
}

/** Near a pole, strips would fold over it: discs along the path, a tenth of the radius apart, make the corridor. */
function discsAlong(path: Float64Array, angle: number): number[][][] {
  const discs: number[][][] = [];
  for (let i = 0; i < path.length; i += 2) {
    const from = Math.max(i - 2, 0);
    const length = Math.hypot(path[i]! - path[from]!, path[i + 1]! - path[from + 1]!) * 2 * Math.PI;
    const steps = Math.max(1, Math.ceil(length / (angle / 10)));
    for (let k = 1; k <= steps; k++) {
      const x = path[from]! + (k / steps) * (path[i]! - path[from]!);
      const y = path[from + 1]! + (k / steps) * (path[i + 1]! - path[from + 1]!);
      discs.push(discRings(x, latitudeOf(mercatorAt(y)), angle));
    }
  }
  return discs;
}

function reachesPole(path: Float64Array, angle: number): boolean {
  if (path.length === 2) return true;
  for (let i = 0; i < path.length; i += 2) {
    if (Math.abs(latitudeOf(mercatorAt(path[i + 1]!))) + angle >= Math.PI / 2 - STEP) return true;
  }
  return false;
}

/** The bearing of the segment that ends at point i, in radians, clockwise from north. */
function bearingTo(path: Float64Array, i: number): number {
  const { xa, ma, xb, mb } = rhumbLineTo(path, i);
  return Math.atan2(2 * Math.PI * (xb - xa), mb - ma);
}
