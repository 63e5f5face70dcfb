import { mercatorOf, worldYOf } from "./mercator.ts";
import { counterClockwise, reversed } from "./winding.ts";

/** The points of a whole turn: their chords lie within 0.04 % of the radius. */
const STEPS = 120;

/**
 * Rings of world coordinates around a disc on the sphere, for the non-zero rule.
 *
 * Without a pole in it: points at that distance. With one pole: the line along which it ends, closed beyond the map.
 * With both: the whole world, less the disc on the other side.
 */
export function discRings(x: number, latitude: number, angle: number): number[][] {
  const reachesNorth = latitude + angle >= Math.PI / 2;
  const reachesSouth = latitude - angle <= -Math.PI / 2;
  if (reachesNorth && reachesSouth) {
    const world = counterClockwise([x, 0, x + 1, 0, x + 1, 1, x, 1]);
    if (angle >= Math.PI) return [world];
    return [world, reversed(counterClockwise(arc(x + 0.5, -latitude, Math.PI - angle, 0, 2 * Math.PI)))];
  }
  if (reachesNorth) return [counterClockwise(polarRing(x, latitude, angle, -1))];
  if (reachesSouth) return [counterClockwise(polarRing(x, latitude, angle, 2))];
  return [counterClockwise(arc(x, latitude, angle, 0, 2 * Math.PI))];
}

/**
 * Points at an angular distance, from one bearing to another, [x, y, x, y, …]: the direct problem on the sphere.
 * A whole turn ends before it comes back to where it began.
 */
export function arc(x: number, latitude: number, angle: number, from: number, to: number): number[] {
  const isTurn = to - from >= 2 * Math.PI;
  const steps = Math.max(1, Math.ceil((Math.abs(to - from) / (2 * Math.PI)) * STEPS - 1e-9));
  const points: number[] = [];
  for (let i = 0; i < (isTurn ? steps : steps + 1); i++) {
    const bearing = from + (i / steps) * (to - from);
    const sin = Math.sin(latitude) * Math.cos(angle) + Math.cos(latitude) * Math.sin(angle) * Math.cos(bearing);
    const east = Math.sin(bearing) * Math.sin(angle) * Math.cos(latitude);
    const ahead = Math.cos(angle) - Math.sin(latitude) * sin;
    points.push(x + Math.atan2(east, ahead) / (2 * Math.PI), worldYOf(mercatorOf(Math.asin(sin))));
  }
  return points;
}

/** Along each meridian, a disc with one pole ends once: sin φ sin φ₀ + cos φ cos φ₀ cos Δλ = cos δ, solved for φ. */
function polarRing(x: number, latitude: number, angle: number, edge: -1 | 2): number[] {
  const ring = [x + 0.5, edge, x - 0.5, edge];
  for (let i = 0; i <= STEPS; i++) {
    const turn = i / STEPS - 0.5;
    const east = Math.cos(latitude) * Math.cos(2 * Math.PI * turn);
    const pole = Math.atan2(Math.sin(latitude), east);
    const across = Math.acos(Math.max(-1, Math.min(1, Math.cos(angle) / Math.hypot(Math.sin(latitude), east))));
    const end = edge < 0 ? pole - across : pole + across;
    ring.push(x + turn, worldYOf(mercatorOf(end)));
  }
  return ring;
}
