/** A square of the map: XYZ, Web Mercator. */
export interface Tile {
  readonly z: number;
  readonly x: number;
  readonly y: number;
}

export const MAX_ZOOM = 22;

export function isOnTheMap({ z, x, y }: Tile): boolean {
  const width = 2 ** z;
  return z >= 0 && z <= MAX_ZOOM && x >= 0 && x < width && y >= 0 && y < width;
}
