import { BandBuilder, type Bands, lastAtMost } from "./bands.ts";

/** The tiles `from` to `to` of a zoom, counted from 0 in the order of rows and columns. */
export function cut(bands: Bands, from: number, to: number): Bands {
  const builder = new BandBuilder(bands.z);
  if (from >= to) return builder.build();
  for (let i = Math.max(lastAtMost(bands.before, bands.size, from), 0); i < bands.size; i++) {
    const before = bands.before[i]!;
    if (before >= to) break;
    const tiles = bands.before[i + 1]! - before;
    cutBand(bands, i, Math.max(from - before, 0), Math.min(to - before, tiles), builder);
  }
  return builder.build();
}

/** Adds a part of a band: the rest of a row, whole rows, and the beginning of a row. */
function cutBand(bands: Bands, i: number, from: number, to: number, builder: BandBuilder): void {
  const width = bands.width[i]!;
  if (width === 0) return;
  const y = bands.y[i]!;
  const spans = [2 * bands.first[i]!, 2 * bands.first[i + 1]!] as const;
  let row = Math.floor(from / width);
  const lastRow = Math.floor(to / width);
  const start = from - row * width;
  const end = to - lastRow * width;
  if (row === lastRow) {
    builder.add(y + row, y + row + 1, cutRow(bands.x, ...spans, start, end));
    return;
  }
  if (start > 0) {
    builder.add(y + row, y + row + 1, cutRow(bands.x, ...spans, start, width));
    row++;
  }
  builder.add(y + row, y + lastRow, bands.x, ...spans);
  builder.add(y + lastRow, y + lastRow + 1, cutRow(bands.x, ...spans, 0, end));
}

/** The tiles `from` to `to` of a row of spans. */
function cutRow(x: Int32Array, first: number, last: number, from: number, to: number): number[] {
  const row: number[] = [];
  let before = 0;
  for (let s = first; s < last; s += 2) {
    const x0 = x[s]!;
    const length = x[s + 1]! - x0;
    const start = Math.max(from - before, 0);
    const end = Math.min(to - before, length);
    if (start < end) row.push(x0 + start, x0 + end);
    before += length;
  }
  return row;
}
