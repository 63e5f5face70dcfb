/**
 * The named stores of a database. A name is any text but the empty one, and is compared code unit by code unit.
 * Functions that name a store which does not exist throw a `StoreNotFoundError`, `create` and `delete` aside.
 */
export interface NamedStores {
  /** Creates an empty store; if it exists, does nothing, and leaves its limits as they are. */
  readonly create: (name: string, limits?: Partial<StoreLimits>) => Promise<void>;

  /** Deletes a store with its metadata, its download records and the tiles that no other store holds. If there is none, does nothing. */
  readonly delete: (name: string) => Promise<Freed>;

  /** @throws StoreExistsError if the new name is taken by another store. */
  readonly rename: (name: string, newName: string) => Promise<void>;

  /**
   * Takes all tiles out of a store and sets its hits and misses to 0. Metadata and limits stay. Download records go, as
   * what they call finished is finished no longer.
   */
  readonly reset: (name: string) => Promise<Freed>;

  /** All names, in the order of their code units. */
  readonly list: () => Promise<readonly string[]>;

  readonly has: (name: string) => Promise<boolean>;

  readonly limits: (name: string) => Promise<StoreLimits>;

  /** Sets the given limits and leaves the others; `undefined` lifts one. Nothing is evicted yet: that is `tiles.evictOldest`. */
  readonly setLimits: (name: string, limits: Partial<StoreLimits>) => Promise<void>;

  /** Takes the same time however many tiles there are. */
  readonly stats: (name: string) => Promise<StoreStats>;

  /** Adds to the hits and misses of a store. */
  readonly recordUse: (name: string, use: { readonly hits: number; readonly misses: number }) => Promise<void>;
}

/** The budget of browse caching. Pinned tiles neither count towards it nor are evicted because of it. */
export interface StoreLimits {
  /** The greatest number of tiles. */
  readonly maxLength: number | undefined;
  /** The greatest sum of their bytes. */
  readonly maxBytes: number | undefined;
}

export interface StoreStats {
  /** The number of tiles. */
  readonly length: number;
  /** The sum of their bytes, tiles that other stores hold too included. */
  readonly bytes: number;
  readonly pinnedLength: number;
  readonly pinnedBytes: number;
  /** How often browse caching found a tile here, and how often it did not. */
  readonly hits: number;
  readonly misses: number;
}

/** What a removal did; or, in a dry run, would do. */
export interface Freed {
  /** The number of tiles that left the store. */
  readonly removed: number;
  /** How many of these no other store holds: they are gone. */
  readonly deleted: number;
  /** The sum of the bytes of the deleted ones. */
  readonly bytes: number;
}
