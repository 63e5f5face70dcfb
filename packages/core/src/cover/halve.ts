import { BandBuilder, type Bands } from "./bands.ts";

/**
 * The tiles of the zoom above: a tile shares area with a region if and only if one of its four children does,
 * so the cover of a zoom is just the parents of the next one's.
 */
export function halve(bands: Bands): Bands {
  const builder = new BandBuilder(bands.z - 1);
  const end = bands.y[bands.size]!;
  const row: number[] = [];
  let i = 0;
  for (let y = bands.y[0]!; i < bands.size; ) {
    const bandEnd = bands.y[i + 1]!;
    const hasSibling = (y & 1) === 0 && y + 1 < end;
    // Where both rows of a pair are in this band, so are those of all pairs up to the band's end.
    const next = hasSibling ? Math.max(bandEnd & ~1, y + 2) : y + 1;
    const sibling = hasSibling && bandEnd === y + 1 ? i + 1 : i;
    halveRow(bands, i, sibling, row);
    builder.add(y >> 1, (next + 1) >> 1, row);
    y = next;
    while (i < bands.size && bands.y[i + 1]! <= y) i++;
  }
  return builder.build();
}

/** Unites the spans of two bands at half their columns. */
function halveRow(bands: Bands, i: number, j: number, row: number[]): void {
  const { first, x } = bands;
  row.length = 0;
  let s = first[i]!;
  let t = i === j ? first[j + 1]! : first[j]!;
  const sEnd = first[i + 1]!;
  const tEnd = first[j + 1]!;
  while (s < sEnd || t < tEnd) {
    const takesFirst = t >= tEnd || (s < sEnd && x[2 * s]! <= x[2 * t]!);
    const span = takesFirst ? s++ : t++;
    const start = x[2 * span]! >> 1;
    const end = (x[2 * span + 1]! + 1) >> 1;
    const last = row.length - 1;
    if (last < 0 || start > row[last]!) row.push(start, end);
    else if (end > row[last]!) row[last] = end;
  }
}
