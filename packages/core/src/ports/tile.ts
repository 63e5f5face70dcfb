/** A tile's identity: the id of its source and its place, XYZ in Web Mercator, zooms 0 to 24. */
export interface TileKey {
  readonly source: string;
  readonly z: number;
  readonly x: number;
  readonly y: number;
}

/** What is known of a tile beside its bytes. Times are whole milliseconds since 1970. */
export interface TileDetails {
  readonly storedAt: number;
  /** From then on the tile is stale: still shown when there is no other, but worth asking for again. */
  readonly expiresAt?: number | undefined;
  /** As the server sent it, quotes and `W/` included. */
  readonly etag?: string | undefined;
  /** As the server sent it: an HTTP date. */
  readonly lastModified?: string | undefined;
  /** A media type, such as `image/png`. */
  readonly contentType?: string | undefined;
}

/** A tile as it is listed: everything but its bytes. */
export interface TileInfo extends TileKey, TileDetails {
  /** The length of its bytes. */
  readonly length: number;
}

/** A tile as it is read. Its bytes are the reader's own: nobody else reads or changes them. */
export interface StoredTile extends TileInfo {
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** A tile as it is written. */
export interface TileWrite extends TileKey, TileDetails {
  /**
   * Absent: a tile that the database already holds, in whichever store, keeps its bytes. So a tile that has not been
   * modified is refreshed, and one that another store holds is shared, without a download. Details that are absent
   * are kept as well. A tile that the database does not hold fails the whole commit with a `TileNotFoundError`.
   */
  readonly bytes?: Uint8Array | undefined;
}
