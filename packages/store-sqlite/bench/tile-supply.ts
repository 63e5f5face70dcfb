import type { TileWrite } from "@fmtc/core";

const LEAST_BYTES = 512;
const MOST_BYTES = 40_000;
/** The mean above the least: 8 KB in all. */
const MEAN_BYTES = 8_200 - LEAST_BYTES;
const COLUMNS = 1000;

/**
 * Tiles as a download brings them: one after the other in the order of covers, 0.5 to 40 KB, 8 KB on average, with the
 * headers that servers send. No two have the same bytes.
 */
export function tileSupply(random: () => number): (count: number) => TileWrite[] {
  const noise = Uint8Array.from({ length: 2 ** 20 }, () => random() * 256);
  let next = 0;
  return (count) =>
    Array.from({ length: count }, () => {
      const place = next++;
      return {
        source: "topo",
        z: 20,
        x: place % COLUMNS,
        y: Math.floor(place / COLUMNS),
        bytes: uniqueBytes(noise, place, sizeOf(random())),
        storedAt: 1_700_000_000_000 + place,
        expiresAt: 1_800_000_000_000,
        etag: `"${place.toString(16)}-5f3a"`,
        lastModified: "Mon, 01 Jan 2024 00:00:00 GMT",
        contentType: "image/png",
      };
    });
}

/** Most are small and a few are large. */
function sizeOf(share: number): number {
  return Math.min(MOST_BYTES, Math.round(LEAST_BYTES - Math.log(1 - share) * MEAN_BYTES));
}

function uniqueBytes(noise: Uint8Array, place: number, size: number): Uint8Array {
  const begin = (place * 4099) % (noise.length - MOST_BYTES);
  const bytes = noise.slice(begin, begin + size);
  new DataView(bytes.buffer).setFloat64(0, place);
  new DataView(bytes.buffer).setFloat64(size - 8, place);
  return bytes;
}
