import type { TileCoord } from "../cover/tile-coord.ts";

/**
 * A tile's place as one number below 2⁴⁹, in the order of covers: all of zoom 0, then zoom 1, each by row and column. So
 * a row's span of tiles is a span of numbers, and a store that keeps tiles by number keeps them in download order.
 */
export function tileNumber({ z, x, y }: TileCoord): number {
  return firstOfZoom(z) + y * 2 ** z + x;
}

/** The tile of a number. */
export function tileOfNumber(number: number): TileCoord {
  let z = Math.floor(Math.log2(3 * number + 1) / 2);
  // The logarithm of the last number of a zoom can round to the next one's.
  if (firstOfZoom(z) > number) z--;
  const place = number - firstOfZoom(z);
  const y = Math.floor(place / 2 ** z);
  return { z, x: place - y * 2 ** z, y };
}

/** 1 + 4 + 16 + … : the number of tiles of the zooms above. */
function firstOfZoom(z: number): number {
  return (4 ** z - 1) / 3;
}
