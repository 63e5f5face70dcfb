import type { Bounds, TileKey, TileStore } from "@fmtc/core";

/** A rectangle of the map; the whole of it is from 0 to 1. */
interface Box {
  west: number;
  north: number;
  east: number;
  south: number;
}

/** As many tiles of a row as it takes to leave out for a jump to be worth it: half of what a store reads at a time. */
const WORTH_A_JUMP = 250;

/**
 * The bounds of the deepest tiles, made larger until no tile of any zoom lies outside of them; undefined if there are none.
 * So a map that asks for nothing beyond them misses nothing, and one that shows just them shows what the store is for: a
 * tile of zoom 0 alone would make them the world.
 *
 * It goes over the tiles in their order, from the deepest zoom up, and jumps over what is within the bounds anyway.
 */
export async function boundsOfTiles(
  { tiles }: Pick<TileStore, "tiles">,
  store: string,
  source: string,
  minZoom: number,
  maxZoom: number,
): Promise<Bounds | undefined> {
  const box: Box = { west: Infinity, north: Infinity, east: -Infinity, south: -Infinity };
  for (let z = maxZoom; z >= minZoom; z--) {
    const size = 2 ** z;
    let after: TileKey | undefined = z === 0 ? undefined : { source, z: z - 1, x: size / 2 - 1, y: size / 2 - 1 };
    let isThrough = false;
    while (!isThrough) {
      isThrough = true;
      for await (const { z: zoom, x, y } of tiles.scan({ stores: [store], source, after })) {
        if (zoom !== z) break;
        if (!touches(box, z, x, y)) include(box, z, x, y);
        // All that follows in the row up to there is within the bounds.
        const last = Math.ceil(box.east * size) - 1;
        if (last - x < WORTH_A_JUMP) continue;
        after = { source, z, x: last, y };
        isThrough = false;
        break;
      }
    }
  }
  return box.west < box.east ? degreesOf(box) : undefined;
}

/** Whether they share area. */
function touches({ west, north, east, south }: Box, z: number, x: number, y: number): boolean {
  const size = 2 ** z;
  return x + 1 > west * size && x < east * size && y + 1 > north * size && y < south * size;
}

function include(box: Box, z: number, x: number, y: number): void {
  const size = 2 ** z;
  box.west = Math.min(box.west, x / size);
  box.north = Math.min(box.north, y / size);
  box.east = Math.max(box.east, (x + 1) / size);
  box.south = Math.max(box.south, (y + 1) / size);
}

function degreesOf({ west, north, east, south }: Box): Bounds {
  return { west: longitudeOf(west), south: latitudeOf(south), east: longitudeOf(east), north: latitudeOf(north) };
}

function longitudeOf(place: number): number {
  return place * 360 - 180;
}

/** The inverse of Web Mercator (EPSG:3857). */
function latitudeOf(place: number): number {
  return (Math.atan(Math.sinh(Math.PI * (1 - 2 * place))) * 180) / Math.PI;
}
