import type { Edges } from "./edges.ts";

/** What lies between two levels where no edge begins or ends: the edges that pass, by their middles, west to east. */
export interface Slab {
  y0: number;
  y1: number;
  /** The number of edges. */
  size: number;
  /** The edges' numbers. */
  edge: Int32Array;
  /** Where edge number e stands at y0 and at y1: top[e], bottom[e]. */
  top: Float64Array;
  bottom: Float64Array;
}

interface SweepOptions {
  /** Slabs end at its multiples too. */
  readonly height: number;
  /** The step of the grid that places of edges stand on, a power of two: an edge through a corner goes through it. */
  readonly step: number;
  /** Slabs end where edges cross by more than this. */
  readonly crossing?: number;
}

/** Sweeps from north to south over all slabs that edges pass through, and reports each; the slab is reused. */
export function sweep(edges: Edges, options: SweepOptions, visit: (slab: Slab) => void): void {
  const { height, step, crossing = Number.POSITIVE_INFINITY } = options;
  const { y0, y1, order } = edges;
  const size = y0.length;
  const edge = new Int32Array(size);
  const top = new Float64Array(size);
  const bottom = new Float64Array(size);
  const slab: Slab = { y0: 0, y1: 0, size: 0, edge, top, bottom };

  for (let next = 0; next < order.length || slab.size > 0; ) {
    slab.y0 = slab.size > 0 ? slab.y1 : y0[order[next]!]!;
    while (next < order.length && y0[order[next]!]! <= slab.y0) {
      const e = order[next++]!;
      bottom[e] = edges.x0[e]!;
      edge[slab.size++] = e;
    }
    let end = (Math.floor(slab.y0 / height) + 1) * height;
    if (next < order.length) end = Math.min(end, y0[order[next]!]!);
    for (let k = 0; k < slab.size; k++) {
      const e = edge[k]!;
      top[e] = bottom[e]!;
      end = Math.min(end, y1[e]!);
    }
    slab.y1 = end;

    putInOrder(slab, edges, step);
    if (crossing < Number.POSITIVE_INFINITY) {
      while (endAtCrossing(slab, crossing)) putInOrder(slab, edges, step);
      straighten(slab, edges);
    }
    visit(slab);
    dropEnded(slab, y1);
  }
}

/** Finds where the edges stand at the slab's end, and sorts them by their middles: nearly sorted already. */
function putInOrder({ y1: y, size, edge, top, bottom }: Slab, { x0, y0, x1, y1 }: Edges, step: number): void {
  const grid = 1 / step;
  for (let k = 0; k < size; k++) {
    const e = edge[k]!;
    const place = x0[e]! + ((y - y0[e]!) * (x1[e]! - x0[e]!)) / (y1[e]! - y0[e]!);
    bottom[e] = y === y1[e]! ? x1[e]! : Math.round(place * grid) * step;
    const middle = top[e]! + bottom[e]!;
    let position = k;
    for (; position > 0; position--) {
      const west = edge[position - 1]!;
      if (top[west]! + bottom[west]! <= middle) break;
      edge[position] = west;
    }
    edge[position] = e;
  }
}

/** Where neighbours cross within the slab, ends it at their first crossing, and says so. */
function endAtCrossing(slab: Slab, tolerance: number): boolean {
  const { y0, y1, size, edge, top, bottom } = slab;
  for (let k = 1; k < size; k++) {
    const west = edge[k - 1]!;
    const east = edge[k]!;
    const above = top[east]! - top[west]!;
    const below = bottom[east]! - bottom[west]!;
    if (Math.min(above, below) >= -tolerance) continue;
    const y = y0 + ((y1 - y0) * above) / (above - below);
    if (y > y0 && y < slab.y1) slab.y1 = y;
  }
  return slab.y1 < y1;
}

/**
 * Edges that cross where a slab begins or ends meet there in one point, whatever rounding made of it: that of the
 * steeper edge, whose place depends less on where exactly the slab was cut.
 */
function straighten({ size, edge, top, bottom }: Slab, edges: Edges): void {
  for (let k = 1; k < size; k++) {
    meet(top, edge, k, edges);
    meet(bottom, edge, k, edges);
  }
}

function meet(places: Float64Array, edge: Int32Array, k: number, edges: Edges): void {
  for (let j = k; j > 0 && places[edge[j]!]! < places[edge[j - 1]!]!; j--) {
    const west = edge[j - 1]!;
    const east = edge[j]!;
    const place = lean(west, edges) < lean(east, edges) ? places[west]! : places[east]!;
    places[west] = place;
    places[east] = place;
  }
}

function lean(e: number, { x0, y0, x1, y1 }: Edges): number {
  return Math.abs((x1[e]! - x0[e]!) / (y1[e]! - y0[e]!));
}

function dropEnded(slab: Slab, y1: Float64Array): void {
  let kept = 0;
  for (let k = 0; k < slab.size; k++) {
    const e = slab.edge[k]!;
    if (y1[e]! > slab.y1) slab.edge[kept++] = e;
  }
  slab.size = kept;
}
