import { TileNotFoundError } from "../errors/tile-not-found-error.ts";
import type { Checkpoint } from "../ports/download-record.ts";
import type { TileWrite } from "../ports/tile.ts";
import type { TileStore } from "../ports/tile-store.ts";
import { assertLease, renewLease } from "../store/lease.ts";
import {
  copyOf,
  count,
  keyOf,
  type MemoryDatabase,
  type MemoryDownload,
  type MemoryNamedStore,
  type MemoryTile,
  namedStore,
} from "./memory-database.ts";

/** Everything that can fail comes before the first write, and nothing waits in between: that is the transaction. */
export function memoryCommit(database: MemoryDatabase): TileStore["commit"] {
  return async ({ store: name, tiles, pinned = false, checkpoint }) => {
    const store = namedStore(database, name);
    assertAllHaveBytes(database, tiles);
    const download = checkpoint && ownedDownload(database, checkpoint);

    const written = tiles.map((tile) => write(database, tile));
    for (const tile of written) join(store, tile, pinned);
    if (checkpoint !== undefined && download !== undefined) record(download, checkpoint);

    if (tiles.length > 0) database.changes.next({ kind: "tiles", stores: namesOfHolders(database, written) });
    if (download !== undefined) database.changes.next({ kind: "downloads", stores: [download.record.store] });
  };
}

function assertAllHaveBytes(database: MemoryDatabase, tiles: readonly TileWrite[]): void {
  const brought = new Set<string>();
  for (const tile of tiles) {
    if (tile.bytes !== undefined) brought.add(keyOf(tile));
    else if (!brought.has(keyOf(tile)) && !database.tiles.has(keyOf(tile))) throw new TileNotFoundError(identity(tile));
  }
}

function ownedDownload({ downloads }: MemoryDatabase, { download: id, epoch }: Checkpoint): MemoryDownload | undefined {
  const download = downloads.get(id);
  assertLease(id, download?.record.lease, epoch);
  return download;
}

/** Writes the tile that all its stores share. */
function write(database: MemoryDatabase, { bytes, ...given }: TileWrite): MemoryTile {
  const key = keyOf(given);
  const known = database.tiles.get(key);
  const tile = known ?? {
    info: { ...identity(given), storedAt: 0, length: 0 },
    bytes: new Uint8Array(),
    holders: new Set(),
  };
  if (known === undefined) database.tiles.set(key, tile);

  if (bytes !== undefined) resize(database, tile, bytes.slice());
  const { expiresAt, etag, lastModified, contentType } =
    bytes === undefined ? { ...tile.info, ...present(given) } : given;
  tile.info = {
    ...identity(given),
    ...present({ expiresAt, etag, lastModified, contentType }),
    storedAt: given.storedAt,
    length: tile.bytes.length,
  };
  return tile;
}

/** Gives a tile other bytes, and corrects the sums of all that hold it. */
function resize(database: MemoryDatabase, tile: MemoryTile, bytes: Uint8Array<ArrayBuffer>): void {
  for (const holder of tile.holders) count(holder, tile, holder.tiles.get(tile) === true, -1);
  database.bytes += bytes.length - tile.bytes.length;
  tile.bytes = bytes;
  for (const holder of tile.holders) count(holder, tile, holder.tiles.get(tile) === true, 1);
}

function join(store: MemoryNamedStore, tile: MemoryTile, pinned: boolean): void {
  const wasPinned = store.tiles.get(tile);
  if (wasPinned !== undefined) count(store, tile, wasPinned, -1);
  const isPinned = pinned || wasPinned === true;
  store.tiles.set(tile, isPinned);
  tile.holders.add(store);
  count(store, tile, isPinned, 1);
}

function record(download: MemoryDownload, checkpoint: Checkpoint): void {
  const { download: id, epoch, progress, failed = [], recovered = [], leaseExpiresAt } = checkpoint;
  const { lease } = download.record;
  download.record = {
    ...download.record,
    progress: copyOf(progress),
    lease: leaseExpiresAt === undefined ? lease : renewLease(id, lease, { epoch, expiresAt: leaseExpiresAt }),
  };
  for (const index of recovered) download.failed.delete(index);
  for (const tile of failed) download.failed.set(tile.index, copyOf(tile));
}

/** Of all stores that hold one of these tiles: it has changed in each. */
function namesOfHolders({ stores }: MemoryDatabase, tiles: readonly MemoryTile[]): readonly string[] {
  return [...stores].filter(([, store]) => tiles.some(({ holders }) => holders.has(store))).map(([name]) => name);
}

function identity({ source, z, x, y }: TileWrite) {
  return { source, z, x, y };
}

/** Without the properties that are undefined. */
function present<T extends object>(given: T): T {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as T;
}
