import type { TilePredicate } from "./verdict.ts";

/** Tiles as "z/x/y". A tile whose verdict is undecided is in `undecided` only. */
export interface OracleCover {
  readonly tiles: ReadonlySet<string>;
  readonly undecided: ReadonlySet<string>;
}

/** Descends the quadtree from z0 into every tile the predicate does not rule out. */
export function descend(predicate: TilePredicate, minZoom: number, maxZoom: number): OracleCover {
  const tiles = new Set<string>();
  const undecided = new Set<string>();
  const open: [z: number, x: number, y: number][] = [[0, 0, 0]];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [z, x, y] = next;
    const verdict = predicate(z, x, y);
    if (verdict === "out") continue;
    if (z >= minZoom) (verdict === "in" ? tiles : undecided).add(`${z}/${x}/${y}`);
    if (z === maxZoom) continue;
    for (const child of [0, 1, 2, 3]) open.push([z + 1, 2 * x + (child & 1), 2 * y + (child >> 1)]);
  }
  return { tiles, undecided };
}
