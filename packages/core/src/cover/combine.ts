import { BandBuilder, type Bands } from "./bands.ts";

/** Says of a tile whether it is in the result, by whether it is in the first and in the second. */
export type SetOperation = (inFirst: boolean, inSecond: boolean) => boolean;

export const union: SetOperation = (a, b) => a || b;
export const intersection: SetOperation = (a, b) => a && b;
export const difference: SetOperation = (a, b) => a && !b;

/** Set algebra on the tiles of one zoom, band by band. */
export function combine(a: Bands, b: Bands, operation: SetOperation): Bands {
  const builder = new BandBuilder(a.z);
  const row: number[] = [];
  let i = 0;
  let j = 0;
  let y = Math.min(a.y[0]!, b.y[0]!);
  while (i < a.size || j < b.size) {
    const inA = i < a.size && a.y[i]! <= y;
    const inB = j < b.size && b.y[j]! <= y;
    const end = Math.min(
      i < a.size ? a.y[inA ? i + 1 : i]! : Number.POSITIVE_INFINITY,
      j < b.size ? b.y[inB ? j + 1 : j]! : Number.POSITIVE_INFINITY,
    );
    combineRow(a, inA ? i : -1, b, inB ? j : -1, operation, row);
    builder.add(y, end, row);
    if (inA && end === a.y[i + 1]) i++;
    if (inB && end === b.y[j + 1]) j++;
    y = end;
  }
  return builder.build();
}

/** Walks the borders of both bands' spans from west to east; band −1 has no spans. */
function combineRow(a: Bands, i: number, b: Bands, j: number, operation: SetOperation, row: number[]): void {
  row.length = 0;
  let s = i < 0 ? 0 : 2 * a.first[i]!;
  let t = j < 0 ? 0 : 2 * b.first[j]!;
  const sEnd = i < 0 ? 0 : 2 * a.first[i + 1]!;
  const tEnd = j < 0 ? 0 : 2 * b.first[j + 1]!;
  let isInside = false;
  while (s < sEnd || t < tEnd) {
    const xa = s < sEnd ? a.x[s]! : Number.POSITIVE_INFINITY;
    const xb = t < tEnd ? b.x[t]! : Number.POSITIVE_INFINITY;
    const x = Math.min(xa, xb);
    // A span's start stands at an even place, so after it the place of the next border is odd.
    if (xa === x) s++;
    if (xb === x) t++;
    if (operation((s & 1) === 1, (t & 1) === 1) !== isInside) {
      isInside = !isInside;
      row.push(x);
    }
  }
}
