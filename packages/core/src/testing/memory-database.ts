import { Subject } from "rxjs";
import { StoreNotFoundError } from "../errors/store-not-found-error.ts";
import type { DownloadRecord, FailedTile } from "../ports/download-record.ts";
import type { Freed, StoreLimits } from "../ports/named-stores.ts";
import type { StoreChange } from "../ports/store-change.ts";
import type { StoredTile, TileInfo, TileKey } from "../ports/tile.ts";
import { tileNumber } from "../store/tile-number.ts";

/** What memory stores share when they are connections to one database. */
export interface MemoryDatabase {
  readonly stores: Map<string, MemoryNamedStore>;
  readonly tiles: Map<string, MemoryTile>;
  readonly downloads: Map<string, MemoryDownload>;
  readonly changes: Subject<StoreChange>;
  bytes: number;
}

export interface MemoryNamedStore {
  limits: StoreLimits;
  readonly metadata: Map<string, string>;
  /** Its tiles, and whether each is pinned. */
  readonly tiles: Map<MemoryTile, boolean>;
  bytes: number;
  pinnedLength: number;
  pinnedBytes: number;
  hits: number;
  misses: number;
}

export interface MemoryTile {
  info: TileInfo;
  bytes: Uint8Array<ArrayBuffer>;
  readonly holders: Set<MemoryNamedStore>;
}

export interface MemoryDownload {
  record: DownloadRecord;
  readonly failed: Map<number, FailedTile>;
}

export function createMemoryDatabase(): MemoryDatabase {
  return { stores: new Map(), tiles: new Map(), downloads: new Map(), changes: new Subject(), bytes: 0 };
}

export function namedStore({ stores }: MemoryDatabase, name: string): MemoryNamedStore {
  const store = stores.get(name);
  if (store === undefined) throw new StoreNotFoundError(name);
  return store;
}

/** The source comes last, as it may hold any character. */
export function keyOf({ source, z, x, y }: TileKey): string {
  return `${z}/${x}/${y}/${source}`;
}

/** The order of keys: by source, then as covers are ordered. */
export function compareKeys(a: TileKey, b: TileKey): number {
  if (a.source !== b.source) return a.source < b.source ? -1 : 1;
  return tileNumber(a) - tileNumber(b);
}

/** A tile for a reader, with bytes of his own. */
export function readTile({ info, bytes }: MemoryTile): StoredTile {
  return { ...info, bytes: bytes.slice() };
}

/** Takes tiles out of a store, or tells what that would free. Those that no other store holds are deleted. */
export function takeOut(
  database: MemoryDatabase,
  store: MemoryNamedStore,
  tiles: readonly MemoryTile[],
  dryRun = false,
): Freed {
  const orphans = tiles.filter(({ holders }) => holders.size === 1);
  const freed = { removed: tiles.length, deleted: orphans.length, bytes: sumOfBytes(orphans) };
  if (dryRun) return freed;
  for (const tile of tiles) {
    count(store, tile, store.tiles.get(tile) === true, -1);
    store.tiles.delete(tile);
    tile.holders.delete(store);
  }
  for (const tile of orphans) database.tiles.delete(keyOf(tile.info));
  database.bytes -= freed.bytes;
  return freed;
}

/** Adds a tile to the sums of a store that holds it, or takes it away from them. */
export function count(store: MemoryNamedStore, tile: MemoryTile, isPinned: boolean, sign: 1 | -1): void {
  const bytes = sign * tile.bytes.length;
  store.bytes += bytes;
  if (!isPinned) return;
  store.pinnedLength += sign;
  store.pinnedBytes += bytes;
}

export function sumOfBytes(tiles: readonly MemoryTile[]): number {
  return tiles.reduce((sum, { bytes }) => sum + bytes.length, 0);
}

/** A copy of plain JSON, so that neither side sees what the other does to its own. */
export function copyOf<T>(value: T): T {
  return JSON.parse(JSON.stringify(value));
}
