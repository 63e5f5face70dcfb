/** Straight edges, none of them level, each from its upper end (x0, y0) to its lower end (x1, y1). */
export interface Edges {
  readonly size: number;
  readonly x0: Float64Array;
  readonly y0: Float64Array;
  readonly x1: Float64Array;
  readonly y1: Float64Array;
  /** 1 where the ring runs down along the edge, −1 where it runs up. */
  readonly winding: Int8Array;
}

/** What lies between two levels where no edge begins, ends or crosses another: the edges that pass, west to east. */
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

/** The edges of closed rings of world coordinates, [x, y, x, y, …], scaled. */
export function edgesOf(rings: readonly ArrayLike<number>[], scale: number): Edges {
  let most = 0;
  for (const ring of rings) most += ring.length / 2;
  const x0 = new Float64Array(most);
  const y0 = new Float64Array(most);
  const x1 = new Float64Array(most);
  const y1 = new Float64Array(most);
  const winding = new Int8Array(most);
  let size = 0;
  for (const ring of rings) {
    let xa = ring[ring.length - 2]! * scale;
    let ya = ring[ring.length - 1]! * scale;
    for (let i = 0; i < ring.length; i += 2) {
      const xb = ring[i]! * scale;
      const yb = ring[i + 1]! * scale;
      if (ya !== yb) {
        const runsDown = ya < yb;
        x0[size] = runsDown ? xa : xb;
        y0[size] = runsDown ? ya : yb;
        x1[size] = runsDown ? xb : xa;
        y1[size] = runsDown ? yb : ya;
        winding[size++] = runsDown ? 1 : -1;
      }
      xa = xb;
      ya = yb;
    }
  }
  return { size, x0, y0, x1, y1, winding };
}

/**
 * Sweeps from north to south over all slabs that edges pass through, and reports each; the slab is reused.
 *
 * `height` cuts slabs at its multiples too (1: at tile rows). Crossings nearer than `tolerance` are let be.
 */
export function sweep(edges: Edges, height: number, tolerance: number, visit: (slab: Slab) => void): void {
  const { size, y0, y1 } = edges;
  const pending = Int32Array.from({ length: size }, (_, e) => e).sort((a, b) => y0[a]! - y0[b]!);
  const edge = new Int32Array(size);
  const slab: Slab = { y0: 0, y1: 0, size: 0, edge, top: new Float64Array(size), bottom: new Float64Array(size) };

  for (let next = 0; next < size || slab.size > 0; ) {
    slab.y0 = slab.size > 0 ? slab.y1 : y0[pending[next]!]!;
    while (next < size && y0[pending[next]!]! <= slab.y0) {
      const e = pending[next++]!;
      slab.bottom[e] = edges.x0[e]!;
      edge[slab.size++] = e;
    }
    slab.y1 = (Math.floor(slab.y0 / height) + 1) * height;
    if (next < size) slab.y1 = Math.min(slab.y1, y0[pending[next]!]!);
    for (let k = 0; k < slab.size; k++) {
      const e = edge[k]!;
      slab.top[e] = slab.bottom[e]!;
      slab.y1 = Math.min(slab.y1, y1[e]!);
    }

    do putInOrder(slab, edges);
    while (endAtCrossing(slab, tolerance));
    visit(slab);
    dropEnded(slab, y1);
  }
}

/** Finds where the edges stand at the slab's end, and sorts them by their middles: nearly sorted already. */
function putInOrder({ y1: y, size, edge, top, bottom }: Slab, { x0, y0, x1, y1 }: Edges): void {
  for (let k = 0; k < size; k++) {
    const e = edge[k]!;
    bottom[e] = y === y1[e]! ? x1[e]! : x0[e]! + ((y - y0[e]!) * (x1[e]! - x0[e]!)) / (y1[e]! - y0[e]!);
    const middle = top[e]! + bottom[e]!;
    let place = k;
    for (; place > 0; place--) {
      const west = edge[place - 1]!;
      if (top[west]! + bottom[west]! <= middle) break;
      edge[place] = west;
    }
    edge[place] = e;
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

function dropEnded(slab: Slab, y1: Float64Array): void {
  let kept = 0;
  for (let k = 0; k < slab.size; k++) {
    const e = slab.edge[k]!;
    if (y1[e]! > slab.y1) slab.edge[kept++] = e;
  }
  slab.size = kept;
}
