import type { Segment } from "./closed-segments.ts";
import type { GridPoint } from "./grid.ts";

/**
 * The border of the even-odd interior: the rings' edges added modulo 2, so that pieces passed an even number of times
 * vanish (spikes, keyholes, edges that rings share). It is empty exactly when the interior has no area.
 */
export function evenOddBorder(rings: readonly (readonly GridPoint[])[]): Segment[] {
  const lines = new Map<string, { edge: Segment; stops: { at: bigint; point: GridPoint }[] }>();
  for (const edge of rings.flatMap(edgesOf)) {
    if (edge.a.x === edge.b.x && edge.a.y === edge.b.y) continue;
    const key = lineThrough(edge);
    const line = lines.get(key) ?? { edge, stops: [] };
    lines.set(key, line);
    for (const point of [edge.a, edge.b]) line.stops.push({ at: along(line.edge, point), point });
  }
  const border: Segment[] = [];
  for (const { stops } of lines.values()) {
    // Every edge toggles the parity of coverage at both of its ends.
    stops.sort((p, q) => (p.at < q.at ? -1 : p.at > q.at ? 1 : 0));
    for (let i = 0; i + 1 < stops.length; i += 2) {
      const [from, to] = [stops[i], stops[i + 1]];
      if (from && to && from.at !== to.at) border.push({ a: from.point, b: to.point });
    }
  }
  return border;
}

export function edgesOf(ring: readonly GridPoint[]): Segment[] {
  return ring.map((a, i) => ({ a, b: ring[i + 1] ?? ring[0] ?? a }));
}

/** The same text for all edges on one line, whatever their direction. */
function lineThrough({ a, b }: Segment): string {
  let [dx, dy] = [BigInt(b.x) - BigInt(a.x), BigInt(b.y) - BigInt(a.y)];
  const divisor = greatestCommonDivisor(dx, dy) * (dx < 0n || (dx === 0n && dy < 0n) ? -1n : 1n);
  [dx, dy] = [dx / divisor, dy / divisor];
  return `${dx},${dy},${dx * BigInt(a.y) - dy * BigInt(a.x)}`;
}

function greatestCommonDivisor(p: bigint, q: bigint): bigint {
  let [a, b] = [p < 0n ? -p : p, q < 0n ? -q : q];
  while (b !== 0n) [a, b] = [b, a % b];
  return a;
}

function along({ a, b }: Segment, point: GridPoint): bigint {
  return a.x !== b.x ? BigInt(point.x) : BigInt(point.y);
}
