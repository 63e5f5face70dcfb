/** Straight edges, none of them level, each from its upper end (x0, y0) to its lower end (x1, y1), sorted by y0. */
export interface Edges {
  readonly size: number;
  readonly x0: Float64Array;
  readonly y0: Float64Array;
  readonly x1: Float64Array;
  readonly y1: Float64Array;
  /** 1 where the ring runs down along the edge, −1 where it runs up. */
  readonly winding: Int8Array;
  /** The number of the edge in the order of the rings. */
  readonly origin: Int32Array;
}

/** The edges of closed rings, [x, y, x, y, …], scaled. */
export function edgesOf(rings: readonly ArrayLike<number>[], scale: number): Edges {
  const edges = emptyEdges(rings.reduce((sum, ring) => sum + ring.length / 2, 0));
  let size = 0;
  for (const ring of rings) {
    let xa = ring[ring.length - 2]! * scale;
    let ya = ring[ring.length - 1]! * scale;
    for (let i = 0; i < ring.length; i += 2) {
      const xb = ring[i]! * scale;
      const yb = ring[i + 1]! * scale;
      if (ya !== yb) {
        const runsDown = ya < yb;
        edges.x0[size] = runsDown ? xa : xb;
        edges.y0[size] = runsDown ? ya : yb;
        edges.x1[size] = runsDown ? xb : xa;
        edges.y1[size] = runsDown ? yb : ya;
        edges.winding[size] = runsDown ? 1 : -1;
        edges.origin[size] = size++;
      }
      xa = xb;
      ya = yb;
    }
  }
  return pick(edges, orderByStart(edges.y0, size));
}

/** Without the edges that rings run along twice: by the even-odd rule both sides of such an edge are the same. */
export function withoutDoubled(edges: Edges): Edges {
  const { size, x0, y0, x1, y1 } = edges;
  const isDoubled = new Uint8Array(size);
  for (let i = 0; i < size; i++) {
    for (let j = i + 1; j < size && y0[j] === y0[i] && isDoubled[i] === 0; j++) {
      if (isDoubled[j] === 0 && x0[j] === x0[i] && x1[j] === x1[i] && y1[j] === y1[i]) {
        isDoubled[i] = 1;
        isDoubled[j] = 1;
      }
    }
  }
  const kept = Int32Array.from({ length: size }, (_, e) => e).filter((e) => isDoubled[e] === 0);
  return kept.length === size ? edges : pick(edges, kept);
}

function emptyEdges(size: number) {
  return {
    x0: new Float64Array(size),
    y0: new Float64Array(size),
    x1: new Float64Array(size),
    y1: new Float64Array(size),
    winding: new Int8Array(size),
    origin: new Int32Array(size),
  };
}

function pick(from: Omit<Edges, "size">, order: Int32Array): Edges {
  const edges = emptyEdges(order.length);
  order.forEach((e, i) => {
    edges.x0[i] = from.x0[e]!;
    edges.y0[i] = from.y0[e]!;
    edges.x1[i] = from.x1[e]!;
    edges.y1[i] = from.y1[e]!;
    edges.winding[i] = from.winding[e]!;
    edges.origin[i] = from.origin[e]!;
  });
  return { size: order.length, ...edges };
}

/** The numbers of the edges, by where they begin: a bucket sort, whose buckets an insertion sort puts in order. */
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
