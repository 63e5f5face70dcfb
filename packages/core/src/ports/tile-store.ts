import type { Observable } from "rxjs";
import type { DownloadRecords } from "./download-records.ts";
import type { NamedStores } from "./named-stores.ts";
import type { Presence } from "./presence.ts";
import type { StoreChange } from "./store-change.ts";
import type { StoreMetadata } from "./store-metadata.ts";
import type { StoredTiles } from "./stored-tiles.ts";
import type { TileCommit } from "./tile-commit.ts";

/**
 * A database of tiles, shared by bulk downloads and browse caching. One file, or one database of a browser, holds many
 * named stores; a tile may belong to several, and its bytes are kept once. A tile in no store is gone.
 *
 * `@fmtc/core/testing` holds the suite that says, in code, what every store must do. All functions of a store:
 * - are transactions: what fails has changed nothing, and what is done survives a crash of the program;
 * - refuse invalid input with a `StoreInputError` before they begin;
 * - throw a `StoreFullError` when there is no room: nothing is lost, and it goes on once there is room again;
 * - throw a `StoreCorruptError` when the data can not be trusted;
 * - throw a `StoreClosedError` after `close`.
 */
export interface TileStore {
  readonly stores: NamedStores;
  readonly metadata: StoreMetadata;
  readonly tiles: StoredTiles;
  readonly downloads: DownloadRecords;

  /**
   * Writes tiles, and with them how far their download has come, in one transaction.
   *
   * @throws StoreNotFoundError if the store does not exist.
   * @throws TileNotFoundError if a tile comes without bytes, and the database has none either.
   * @throws LeaseLostError if the checkpoint's epoch is not the current one, or its record is gone.
   */
  readonly commit: (commit: TileCommit) => Promise<void>;

  /** Takes the same time however many tiles there are. */
  readonly stats: () => Promise<DatabaseStats>;

  /**
   * What changes, from the subscription on: not gathered (`watchChanges` does that), hot, completes when the store closes.
   * Whether it tells of changes by others, other tabs or processes, depends on the store.
   */
  readonly changes$: Observable<StoreChange>;

  /** Tells which owners of leases live, where the platform knows. */
  readonly presence?: Presence | undefined;

  /** Waits for what has begun, then closes. Calling it again returns the same promise. */
  readonly close: () => Promise<void>;
}

/** A database as a whole. */
export interface DatabaseStats {
  /** The number of tiles, each counted once however many stores hold it. */
  readonly length: number;
  /** The sum of their bytes. */
  readonly bytes: number;
  /** What the database takes on disk: more, for its order and for room it has not given back; or less, as equal tiles can be kept once. */
  readonly diskBytes: number;
  /** How much more there is room for, where the platform tells. */
  readonly availableBytes?: number | undefined;
  /** The names of the stores, in the order of their code units. */
  readonly stores: readonly string[];
}
