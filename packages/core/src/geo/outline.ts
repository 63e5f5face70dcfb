import { type Edges, edgesOf, withoutDoubled } from "./edges.ts";
import { GRID, THINNEST } from "./mercator.ts";
import { type Slab, sweep } from "./sweep.ts";
import { Tracer } from "./tracer.ts";

/** How windings tell the inside: by being odd, as maps draw one polygon, or by not being 0, as shapes unite. */
type FillRule = "evenOdd" | "nonZero";

/** The map as a ring, of which only its two sides are edges. */
const MAP = [0, 0, 0, 1, 1, 1, 1, 0];

/** So many shapes are united at once; more are halved first, as most of what lies within others vanishes on the way. */
const FEW = 8;

/**
 * The outline of a shape on the map by the even-odd rule, whose rings may cross themselves and each other.
 *
 * Rings are world coordinates, [x, y, x, y, …]. The result is cut at the antimeridian and at the map's end, within 0
 * to 1; its rings do not cross, and have their inside on their left as one looks at the map: outer rings run
 * counter-clockwise, holes clockwise.
 */
export function outline(rings: readonly ArrayLike<number>[]): number[][] {
  return outlineOfAll([trace(rings, "evenOdd", false)]);
}

/**
 * The outline of several shapes together, quickest where neighbours stand near each other in the list. Their outer rings
 * run counter-clockwise, their holes clockwise.
 */
export function outlineOfAll(shapes: readonly (readonly ArrayLike<number>[])[]): number[][] {
  return trace(inEachWorld(unite(shapes)), "nonZero", true);
}

function unite(shapes: readonly (readonly ArrayLike<number>[])[]): ArrayLike<number>[] {
  if (shapes.length <= FEW) return trace(shapes.flat(), "nonZero", false);
  const middle = shapes.length >> 1;
  const halves = [unite(shapes.slice(0, middle)), unite(shapes.slice(middle))] as const;
  const [first, second] = [reachOf(halves[0]), reachOf(halves[1])];
  const shared = { top: Math.max(first.top, second.top), bottom: Math.min(first.bottom, second.bottom) };
  // What lies wholly north or south of the other half stays as it is.
  const [apart, together]: [ArrayLike<number>[], ArrayLike<number>[]] = [[], []];
  for (const ring of halves.flat()) {
    const { top, bottom } = reachOf([ring]);
    (top < shared.bottom && bottom > shared.top ? together : apart).push(ring);
  }
  return [...apart, ...trace(together, "nonZero", false)];
}

function reachOf(rings: readonly ArrayLike<number>[]): { top: number; bottom: number } {
  const reach = { top: Number.POSITIVE_INFINITY, bottom: Number.NEGATIVE_INFINITY };
  for (const ring of rings) {
    for (let i = 1; i < ring.length; i += 2) {
      reach.top = Math.min(reach.top, ring[i]!);
      reach.bottom = Math.max(reach.bottom, ring[i]!);
    }
  }
  return reach;
}

function trace(rings: readonly ArrayLike<number>[], rule: FillRule, onMapOnly: boolean): number[][] {
  const all = edgesOf(onMapOnly ? [...rings, MAP] : rings, 1);
  const edges = rule === "evenOdd" ? withoutDoubled(all) : all;
  const tracer = new Tracer(edges.y0.length);
  sweep(edges, { height: 1, step: 1 / GRID, crossing: THINNEST }, (slab) =>
    tracer.add(slab, borders(slab, edges, rule, onMapOnly)),
  );
  return tracer.rings();
}

/** The rings once for each world that they reach into, moved to the one from 0 to 1. */
function inEachWorld(rings: readonly ArrayLike<number>[]): ArrayLike<number>[] {
  let west = Number.POSITIVE_INFINITY;
  let east = Number.NEGATIVE_INFINITY;
  for (const ring of rings) {
    for (let i = 0; i < ring.length; i += 2) {
      west = Math.min(west, ring[i]!);
      east = Math.max(east, ring[i]!);
    }
  }
  const moved: ArrayLike<number>[] = [];
  for (let world = Math.floor(west); world < east; world++) {
    for (const ring of rings) moved.push(Array.from(ring, (value, i) => (i % 2 === 0 ? value - world : value)));
  }
  return moved;
}

/** The edges between which the inside lies, west and east in turn. */
function borders(slab: Slab, { winding, order }: Edges, rule: FillRule, onMapOnly: boolean): number[] {
  const { edge, top, bottom } = slab;
  const pairs: number[] = [];
  let turns = 0;
  let isOnMap = !onMapOnly;
  let isInside = false;
  // The map's own two sides come last: between them is what is on the map.
  const firstSide = onMapOnly ? order.length - 2 : Number.POSITIVE_INFINITY;
  for (let k = 0; k < slab.size; k++) {
    const e = edge[k]!;
    if (e >= firstSide) isOnMap = !isOnMap;
    else turns += winding[e]!;
    const isFilled = rule === "evenOdd" ? (turns & 1) === 1 : turns !== 0;
    if ((isFilled && isOnMap) === isInside) continue;
    isInside = !isInside;
    const last = pairs[pairs.length - 1];
    const isThin = last !== undefined && top[e]! - top[last]! <= THINNEST && bottom[e]! - bottom[last]! <= THINNEST;
    if (isThin) pairs.pop();
    else pairs.push(e);
  }
  return pairs;
}
