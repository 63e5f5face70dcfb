import type { DownloadRecord, FailedTile } from "@fmtc/core";
import type { DBSchema, IDBPDatabase, IDBPTransaction, StoreNames } from "idb";
import type { TileBlock } from "./tile-block.ts";
import type { TilePack } from "./tile-pack.ts";

/**
 * The object stores. The bytes of neighbours are in packs; everything else that is known of them is in their block. So a
 * commit writes little more than the bytes, in few records, and who asks about tiles reads none of them.
 */
export interface TileSchema extends DBSchema {
  stores: { key: number; value: NamedStoreRecord; indexes: { name: string } };
  /** By store and key. */
  metadata: { key: [number, string]; value: string };
  /** By source and number of the block. The index has the entries of `blockOrder`. */
  blocks: { key: [string, number]; value: TileBlock; indexes: { order: IDBValidKey[] } };
  /** By source and number of the pack's first tile. */
  packs: { key: [string, number]; value: TilePack };
  downloads: { key: string; value: DownloadEntry; indexes: { storeId: number } };
  /** By download and place in its cover. */
  failed: { key: [string, number]; value: FailedTile };
}

/** What a store holds. */
export interface StoreSums {
  readonly length: number;
  readonly bytes: number;
  readonly pinnedLength: number;
  readonly pinnedBytes: number;
  /** Of the tiles whose first holder it is. */
  readonly ownedLength: number;
  readonly ownedBytes: number;
}

/** A named store. Its id stays when it is renamed, and is never given again. */
export interface NamedStoreRecord extends StoreSums {
  readonly id: number;
  readonly name: string;
  readonly maxLength: number | undefined;
  readonly maxBytes: number | undefined;
  readonly hits: number;
  readonly misses: number;
}

/** A download record, which knows its store by the id. */
export interface DownloadEntry extends Omit<DownloadRecord, "store"> {
  readonly storeId: number;
}

export type ObjectStoreName = StoreNames<TileSchema>;
export type Database = IDBPDatabase<TileSchema>;
export type ReadTransaction = IDBPTransaction<TileSchema, ObjectStoreName[], "readonly" | "readwrite">;
export type WriteTransaction = IDBPTransaction<TileSchema, ObjectStoreName[], "readwrite">;

type VersionChange = IDBPTransaction<TileSchema, ObjectStoreName[], "versionchange">;

export const OBJECT_STORES: readonly ObjectStoreName[] = [
  "stores",
  "metadata",
  "blocks",
  "packs",
  "downloads",
  "failed",
];

/** Brings a database from one version to the next. */
export type Migration = (database: Database, tx: VersionChange) => void;

/** The first makes version 1 of nothing. What has been released is never changed: a new version adds one. */
export const MIGRATIONS: readonly Migration[] = [
  (database) => {
    const stores = database.createObjectStore("stores", { keyPath: "id", autoIncrement: true });
    stores.createIndex("name", "name", { unique: true });
    database.createObjectStore("metadata");
    database.createObjectStore("blocks").createIndex("order", "order", { multiEntry: true });
    database.createObjectStore("packs");
    database.createObjectStore("downloads", { keyPath: "id" }).createIndex("storeId", "storeId");
    database.createObjectStore("failed");
  },
];
