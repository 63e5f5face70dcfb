import { type TileKey, type TileWrite, tileOfNumber } from "@fmtc/core";

/** The first tile of zoom 12 and those that follow it. */
const FIRST = (4 ** 12 - 1) / 3;

/** The n-th tile of a source. */
export function keyAt(place: number, source = "topo"): TileKey {
  return { source, ...tileOfNumber(FIRST + place) };
}

/** Tiles from place to place, the last not included, of so many bytes each, which no other tile has. */
export function tilesFrom(begin: number, end: number, size = 100): TileWrite[] {
  return Array.from({ length: end - begin }, (_, i) => ({
    ...keyAt(begin + i),
    bytes: bytesOf(begin + i, size),
    storedAt: 1_000 + begin + i,
  }));
}

/** Bytes that look random and are the same for the same number. */
export function bytesOf(seed: number, size: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size);
  let state = seed + 1;
  for (let i = 0; i < size; i++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    bytes[i] = state >>> 24;
  }
  return bytes;
}
