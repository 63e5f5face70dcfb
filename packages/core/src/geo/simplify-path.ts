/** A path of fewer points, none of which it leaves by more than `tolerance` (Douglas and Peucker, 1973). */
export function simplifyPath(path: Float64Array, tolerance: number): Float64Array {
  const last = path.length / 2 - 1;
  const kept = new Uint8Array(last + 1);
  kept[0] = 1;
  kept[last] = 1;
  const stack = [0, last];
  while (stack.length > 0) {
    const to = stack.pop()!;
    const from = stack.pop()!;
    let farthest = -1;
    let distance = tolerance;
    for (let i = from + 1; i < to; i++) {
      const away = distanceToSegment(path, i, from, to);
      if (away > distance) {
        farthest = i;
        distance = away;
      }
    }
    if (farthest < 0) continue;
    kept[farthest] = 1;
    stack.push(from, farthest, farthest, to);
  }
  return path.filter((_, i) => kept[i >> 1] === 1);
}

function distanceToSegment(path: Float64Array, i: number, from: number, to: number): number {
  const dx = path[2 * to]! - path[2 * from]!;
  const dy = path[2 * to + 1]! - path[2 * from + 1]!;
  const x = path[2 * i]! - path[2 * from]!;
  const y = path[2 * i + 1]! - path[2 * from + 1]!;
  const square = dx * dx + dy * dy;
  const t = square === 0 ? 0 : Math.max(0, Math.min(1, (x * dx + y * dy) / square));
  return Math.hypot(x - t * dx, y - t * dy);
}
