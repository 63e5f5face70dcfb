/** Straight edges, none of them level, each from its upper end (x0, y0) to its lower end (x1, y1). */
export interface Edges {
  readonly x0: Float64Array;
  readonly y0: Float64Array;
  readonly x1: Float64Array;
  readonly y1: Float64Array;
  /** 1 where the ring runs down along the edge, −1 where it runs up. */
  readonly winding: Int8Array;
  /** The numbers of the edges, by where they begin, north to south. */
  readonly order: Int32Array;
}

/** The edges of closed rings, [x, y, x, y, …], scaled; numbered in the order of the rings. */
export function edgesOf(rings: readonly ArrayLike<number>[], scale: number): Edges {
  const most = rings.reduce((sum, ring) => sum + ring.length / 2, 0);
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
  return { x0, y0, x1, y1, winding, order: orderByStart(y0, size) };
}

/** Without the edges that rings run along twice: by the even-odd rule both sides of such an edge are the same. */
export function withoutDoubled(edges: Edges): Edges {
  const { x0, y0, x1, y1, order } = edges;
  const doubled = new Set<number>();
  const mark = (a: number, b: number) => {
    const isSame = x0[a] === x0[b] && x1[a] === x1[b] && y1[a] === y1[b];
    if (isSame && !doubled.has(a)) doubled.add(a).add(b);
  };
  for (let from = 0, to = 0; from < order.length; from = to) {
    while (to < order.length && y0[order[to]!] === y0[order[from]!]) to++;
    if (to - from === 2) mark(order[from]!, order[from + 1]!);
    if (to - from <= 2) continue;
    const level = order.slice(from, to).sort((a, b) => x0[a]! - x0[b]! || x1[a]! - x1[b]! || y1[a]! - y1[b]!);
    for (let k = 1; k < level.length; k++) mark(level[k - 1]!, level[k]!);
  }
  return doubled.size === 0 ? edges : { ...edges, order: order.filter((e) => !doubled.has(e)) };
}

/** A bucket sort, whose buckets an insertion sort puts in order. */
function orderByStart(y0: Float64Array, size: number): Int32Array {
  let top = Number.POSITIVE_INFINITY;
  let bottom = Number.NEGATIVE_INFINITY;
  for (let e = 0; e < size; e++) {
    top = Math.min(top, y0[e]!);
    bottom = Math.max(bottom, y0[e]!);
  }
  const perUnit = bottom > top ? (size - 1) / (bottom - top) : 0;
  const next = new Int32Array(size + 1);
  for (let e = 0; e < size; e++) next[Math.floor((y0[e]! - top) * perUnit) + 1]!++;
  for (let b = 1; b <= size; b++) next[b]! += next[b - 1]!;
  const order = new Int32Array(size);
  for (let e = 0; e < size; e++) order[next[Math.floor((y0[e]! - top) * perUnit)]!++] = e;
  for (let i = 1; i < size; i++) {
    const e = order[i]!;
    let place = i;
    for (; place > 0 && y0[order[place - 1]!]! > y0[e]!; place--) order[place] = order[place - 1]!;
    order[place] = e;
  }
  return order;
}
