import type { Cover } from "../cover/cover.ts";
import type { Freed, StoreLimits } from "./named-stores.ts";
import type { StoredTile, TileInfo, TileKey } from "./tile.ts";

/** The tiles of a database. Functions whose first argument is a store throw a `StoreNotFoundError` if there is none. */
export interface StoredTiles {
  /** Reads a tile, whichever store holds it; with `stores`, only if one of these does. */
  readonly read: (key: TileKey, filter?: StoresFilter) => Promise<StoredTile | undefined>;

  /** For each key, in their order, what is known of the tile without its bytes; undefined where there is none. */
  readonly info: (keys: readonly TileKey[], filter?: StoresFilter) => Promise<readonly (TileInfo | undefined)[]>;

  /** For each key, in their order, whether there is such a tile. */
  readonly has: (keys: readonly TileKey[], filter?: StoresFilter) => Promise<readonly boolean[]>;

  /** The tile of a store with the latest `storedAt`; undefined if the store is empty. */
  readonly latest: (store: string) => Promise<StoredTile | undefined>;

  /**
   * Goes over tiles in the order of their keys: the tiles of one source together, by zoom, then row, then column, as
   * covers are ordered. It reads a page at a time, so it takes no more memory for more tiles, and holds no lock in
   * between: a tile that is there all the while comes exactly once, one written or removed meanwhile may or may not.
   */
  readonly scan: ScanTiles;

  /** Takes tiles out of a store. Keys of tiles that it does not hold are passed over. */
  readonly remove: (store: string, keys: readonly TileKey[], options?: RemoveOptions) => Promise<Freed>;

  /** Takes the tiles of a region out of a store, given by its cover. Its other sources are left alone. */
  readonly removeCover: (store: string, source: string, cover: Cover, options?: RemoveOptions) => Promise<Freed>;

  /** Takes the tiles out of a store that were stored before a time. Pinned or not, all go. */
  readonly removeOlderThan: (store: string, time: number, options?: RemoveOptions) => Promise<Freed>;

  /**
   * Takes the oldest tiles out of a store until both limits are met. If none is given, those of the store are taken; if one is,
   * it alone counts. Without any, nothing happens. Among equally old tiles, the first by key go first.
   */
  readonly evictOldest: (store: string, options?: EvictOptions) => Promise<Freed>;
}

export interface ScanTiles {
  (options: ScanOptions & { readonly bytes: true }): AsyncIterable<StoredTile>;
  (options?: ScanOptions): AsyncIterable<TileInfo>;
}

export interface ScanOptions extends StoresFilter {
  readonly source?: string | undefined;
  /** Reads the bytes as well. Default: false. */
  readonly bytes?: boolean | undefined;
  /** Begins behind this tile, whether it is there or not: how an interrupted scan goes on. */
  readonly after?: TileKey | undefined;
}

export interface StoresFilter {
  /** Only tiles that at least one of these stores holds. One that does not exist holds none. */
  readonly stores?: readonly string[] | undefined;
}

export interface RemoveOptions {
  /** Only reports what would go. Default: false. */
  readonly dryRun?: boolean | undefined;
}

export interface EvictOptions extends RemoveOptions, Partial<StoreLimits> {
  /** Whether pinned tiles count towards the limits and may go too. Default: false. */
  readonly pinned?: boolean | undefined;
}
