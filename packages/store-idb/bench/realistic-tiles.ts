import { type TileWrite, tileNumber, tileOfNumber } from "@fmtc/core";

/** Where the tiles of the benchmarks begin: a region of zoom 15, sixty tiles wide, as a town is. */
const CORNER = { z: 15, x: 16_000, y: 10_000 };
const WIDTH = 60;

/** Any bytes; compressed images are as good as random. */
const noise = new Uint8Array(1 << 20);
for (let i = 0; i < noise.length; i += 65_536) crypto.getRandomValues(noise.subarray(i, i + 65_536));

let state = 7;
/** Uniform in [0, 1), and the same in every run: Lehmer's generator with Park and Miller's numbers. */
export function random(): number {
  state = (state * 48_271) % 2_147_483_647;
  return state / 2_147_483_647;
}

/** Bytes of a tile: 0.5 to 40 KB, most of them small, 8.2 KB on average. */
export function realisticBytes(): Uint8Array<ArrayBuffer> {
  const length = Math.floor(512 + 40_448 * random() ** 4.2);
  const start = Math.floor(random() * (noise.length - length));
  return noise.slice(start, start + length);
}

/** The tile at a place of the download order. */
export function tileAt(place: number, bytes: Uint8Array): TileWrite {
  return {
    source: "topo",
    z: CORNER.z,
    x: CORNER.x + (place % WIDTH),
    y: CORNER.y + Math.floor(place / WIDTH),
    bytes,
    storedAt: 1_700_000_000_000 + place,
    expiresAt: 1_800_000_000_000,
    etag: `"${(place * 7_919).toString(16).padStart(16, "0")}"`,
    contentType: "image/png",
  };
}

export function realisticTiles(from: number, count: number): TileWrite[] {
  return Array.from({ length: count }, (_, i) => tileAt(from + i, realisticBytes()));
}

/** The tile at a place, of many that are no wider than the world: for databases that are only to be large. */
export function tinyTiles(from: number, count: number): TileWrite[] {
  const first = tileNumber({ z: 12, x: 0, y: 0 });
  return Array.from({ length: count }, (_, i) => ({
    ...tileAt(from + i, noise.subarray(0, 16)),
    ...tileOfNumber(first + from + i),
  }));
}
