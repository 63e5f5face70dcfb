/** Twice the area of a ring of world coordinates; positive where it runs counter-clockwise as one looks at the map. */
export function signedArea(ring: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
    sum += (ring[i]! - ring[j]!) * (ring[i + 1]! + ring[j + 1]!);
  }
  return sum;
}

/** The ring, turned round if it runs clockwise. */
export function counterClockwise(ring: number[]): number[] {
  return signedArea(ring) < 0 ? reversed(ring) : ring;
}

export function reversed(ring: readonly number[]): number[] {
  const back: number[] = [];
  for (let i = ring.length - 2; i >= 0; i -= 2) back.push(ring[i]!, ring[i + 1]!);
  return back;
}

/** Whether a ring winds around a point. */
export function contains(ring: ArrayLike<number>, x: number, y: number): boolean {
  let isInside = false;
  for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
    const crosses = ring[i + 1]! > y !== ring[j + 1]! > y;
    const at = ring[i]! + ((y - ring[i + 1]!) * (ring[j]! - ring[i]!)) / (ring[j + 1]! - ring[i + 1]!);
    if (crosses && x < at) isInside = !isInside;
  }
  return isInside;
}
