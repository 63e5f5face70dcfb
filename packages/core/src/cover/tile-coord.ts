/** A tile's place in the XYZ scheme of Web Mercator: x from west to east, y from north to south. */
export interface TileCoord {
  readonly z: number;
  readonly x: number;
  readonly y: number;
}
