import { THINNEST } from "./mercator.ts";
import type { Slab } from "./sweep.ts";

/** A directed piece of an outline: where it begins, and the keys of both its ends. */
interface Piece {
  readonly x: number;
  readonly y: number;
  readonly from: string;
  readonly to: string;
}

/**
 * Makes the rings around what is inside from slabs, one below the other.
 *
 * Western borders become pieces that run down, eastern ones pieces that run up, and where the inside begins or ends at
 * a level, level pieces close the gap: so the inside is always on the left, and as many pieces begin at each point as
 * end there. Joined where one begins at another's end, they make rings.
 */
export class Tracer {
  readonly #from = new Map<string, Piece[]>();
  /** The borders of the slab before, west and east in turn, where they stand at its end, and that level. */
  #borders: readonly number[] = [];
  #bottoms: readonly number[] = [];
  #y = 0;
  /** Where the border along edge e began: several slabs of one edge make one piece. */
  readonly #startX: Float64Array;
  readonly #startY: Float64Array;
  /** The place of edge e among the borders before, counted from 1, and whether its border goes on. */
  readonly #place: Int32Array;
  readonly #goesOn: Uint8Array;

  constructor(edges: number) {
    this.#startX = new Float64Array(edges);
    this.#startY = new Float64Array(edges);
    this.#place = new Int32Array(edges);
    this.#goesOn = new Uint8Array(edges);
  }

  /** Adds the next slab, with the edges between which the inside lies, west and east in turn. */
  add(slab: Slab, borders: readonly number[]): void {
    if (slab.y0 !== this.#y) {
      this.#step([], []);
      this.#bottoms = [];
      this.#y = slab.y0;
    }
    const tops = borders.map((e) => slab.top[e]!);
    this.#step(borders, tops);
    this.#bottoms = borders.map((e) => slab.bottom[e]!);
    this.#y = slab.y1;
  }

  /** The rings around all that was added. */
  rings(): number[][] {
    this.#step([], []);
    const rings: number[][] = [];
    for (const pieces of this.#from.values()) {
      for (let piece = pieces.pop(); piece !== undefined; piece = pieces.pop()) rings.push(...this.#follow(piece));
    }
    return rings.map(withoutStraightPoints).filter((ring) => ring.length >= 6);
  }

  /** From the borders above a level to those below it: ends those that do not go on, and begins new ones. */
  #step(borders: readonly number[], tops: readonly number[]): void {
    borders.forEach((e, k) => {
      const place = this.#place[e]! - 1;
      const isSame = place >= 0 && place % 2 === k % 2 && this.#bottoms[place] === tops[k];
      this.#goesOn[e] = isSame ? 1 : 0;
    });
    this.#borders.forEach((e, k) => {
      this.#place[e] = 0;
      if (this.#goesOn[e] === 1) return;
      const [x0, y0, x1] = [this.#startX[e]!, this.#startY[e]!, this.#bottoms[k]!];
      if (k % 2 === 0) this.#join(x0, y0, x1, this.#y);
      else this.#join(x1, this.#y, x0, y0);
    });
    this.#joinLevel(this.#bottoms, tops, this.#y);
    borders.forEach((e, k) => {
      this.#place[e] = k + 1;
      if (this.#goesOn[e] === 1) {
        this.#goesOn[e] = 0;
        return;
      }
      this.#startX[e] = tops[k]!;
      this.#startY[e] = this.#y;
    });
    this.#borders = borders;
  }

  #joinLevel(above: readonly number[], below: readonly number[], y: number): void {
    let i = 0;
    let j = 0;
    let x = 0;
    while (i < above.length || j < below.length) {
      const next = Math.min(above[i] ?? Number.POSITIVE_INFINITY, below[j] ?? Number.POSITIVE_INFINITY);
      const inAbove = i % 2 === 1;
      const inBelow = j % 2 === 1;
      if (inAbove && !inBelow) this.#join(x, y, next, y);
      if (inBelow && !inAbove) this.#join(next, y, x, y);
      if (above[i] === next) i++;
      else j++;
      x = next;
    }
  }

  #join(x0: number, y0: number, x1: number, y1: number): void {
    if (x0 === x1 && y0 === y1) return;
    const piece = { x: x0, y: y0, from: `${x0} ${y0}`, to: `${x1} ${y1}` };
    const pieces = this.#from.get(piece.from);
    if (pieces === undefined) this.#from.set(piece.from, [piece]);
    else pieces.push(piece);
  }

  /** Joins pieces until none begins where the last one ends. Where the way meets itself, what it went round is a ring. */
  #follow(start: Piece): number[][] {
    const rings: number[][] = [];
    const way: Piece[] = [];
    const places = new Map<string, number>();
    for (let piece: Piece | undefined = start; piece !== undefined; piece = this.#from.get(piece.to)?.pop()) {
      places.set(piece.from, way.length);
      way.push(piece);
      const place = places.get(piece.to);
      if (place === undefined) continue;
      const loop = way.splice(place);
      for (const { from } of loop) places.delete(from);
      rings.push(loop.flatMap(({ x, y }) => [x, y]));
    }
    return rings;
  }
}

/** Leaves out points that stand on the straight line from the point before to the point after. */
function withoutStraightPoints(ring: readonly number[]): number[] {
  const kept: number[] = [];
  const size = ring.length;
  for (let i = 0; i < size; i += 2) {
    const x0 = kept.length > 0 ? kept[kept.length - 2]! : ring[size - 2]!;
    const y0 = kept.length > 0 ? kept[kept.length - 1]! : ring[size - 1]!;
    const x = ring[i]!;
    const y = ring[i + 1]!;
    const dx = ring[(i + 2) % size]! - x0;
    const dy = ring[(i + 3) % size]! - y0;
    const aside = Math.abs((x - x0) * dy - (y - y0) * dx);
    const isOnTheWay = (x - x0) * (x - x0 - dx) + (y - y0) * (y - y0 - dy) <= 0;
    if (!isOnTheWay || aside > THINNEST * Math.hypot(dx, dy)) kept.push(x, y);
  }
  return kept;
}
