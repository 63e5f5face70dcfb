import type { Freed, StoreLimits, StoreStats } from "../../ports/named-stores.ts";
import type { EvictOptions } from "../../ports/stored-tiles.ts";
import type { TileDetails, TileKey, TileWrite } from "../../ports/tile.ts";
import { placeOf } from "../samples.ts";

/** A database as simple as it can be: it keeps no sums, and counts whenever it is asked. */
export interface Model {
  readonly stores: Map<string, ModelStore>;
  readonly tiles: Map<string, ModelTile>;
  /** The store of each download. */
  readonly downloads: Map<string, string>;
}

export interface ModelStore {
  limits: StoreLimits;
  metadata: Readonly<Record<string, string>>;
  /** The places of its tiles, and whether each is pinned. */
  readonly tiles: Map<string, boolean>;
  hits: number;
  misses: number;
}

export interface ModelTile extends TileKey, TileDetails {
  readonly bytes: Uint8Array;
}

export function createModel(): Model {
  return { stores: new Map(), tiles: new Map(), downloads: new Map() };
}

export function createStore(model: Model, name: string, { maxLength, maxBytes }: Partial<StoreLimits>): void {
  if (model.stores.has(name)) return;
  model.stores.set(name, { limits: { maxLength, maxBytes }, metadata: {}, tiles: new Map(), hits: 0, misses: 0 });
}

/** Takes tiles out of a store, and out of the database if it was the last to hold them. */
export function takeOut(model: Model, store: ModelStore, places: readonly string[]): Freed {
  for (const place of places) store.tiles.delete(place);
  const orphans = places.filter((place) => ![...model.stores.values()].some(({ tiles }) => tiles.has(place)));
  const bytes = sumOfBytes(model, orphans);
  for (const place of orphans) model.tiles.delete(place);
  return { removed: places.length, deleted: orphans.length, bytes };
}

export function dropDownloads({ downloads }: Model, store: string): void {
  for (const [id, owner] of downloads) if (owner === store) downloads.delete(id);
}

/** Whether all tiles have bytes, brought along or there already. */
export function canCommit({ tiles }: Model, writes: readonly TileWrite[]): boolean {
  return writes.every((write) => write.bytes !== undefined || tiles.has(placeOf(write)));
}

export function commitTiles(model: Model, store: ModelStore, writes: readonly TileWrite[], pinned: boolean): void {
  for (const { bytes, ...details } of writes) {
    const place = placeOf(details);
    const known = model.tiles.get(place);
    if (bytes !== undefined) model.tiles.set(place, { ...details, bytes });
    else if (known !== undefined) model.tiles.set(place, { ...known, ...details });
    store.tiles.set(place, pinned || store.tiles.get(place) === true);
  }
}

/** The places that go when a store's budget is to be met. */
export function evicted(
  model: Model,
  store: ModelStore,
  { pinned = false, ...given }: EvictOptions,
): readonly string[] {
  const isGiven = given.maxLength !== undefined || given.maxBytes !== undefined;
  const { maxLength = Infinity, maxBytes = Infinity } = isGiven ? given : store.limits;
  const left = tilesOf(
    model,
    [...store.tiles.keys()].filter((place) => pinned || store.tiles.get(place) === false),
  )
    .toSorted((a, b) => a.storedAt - b.storedAt || compareTiles(a, b))
    .map(placeOf);
  const gone: string[] = [];
  while (left.length > maxLength || sumOfBytes(model, left) > maxBytes) gone.push(...left.splice(0, 1));
  return gone;
}

export function statsOf(model: Model, { tiles, hits, misses }: ModelStore): StoreStats {
  const all = [...tiles.keys()];
  const pinned = all.filter((place) => tiles.get(place) === true);
  return {
    length: all.length,
    bytes: sumOfBytes(model, all),
    pinnedLength: pinned.length,
    pinnedBytes: sumOfBytes(model, pinned),
    hits,
    misses,
  };
}

export function sumOfBytes(model: Model, places: Iterable<string>): number {
  return tilesOf(model, places).reduce((sum, { bytes }) => sum + bytes.length, 0);
}

export function tilesOf({ tiles }: Model, places: Iterable<string>): readonly ModelTile[] {
  return [...places].flatMap((place) => tiles.get(place) ?? []);
}

/** The order of the tiles of one source: by zoom, row and column. */
function compareTiles(a: TileKey, b: TileKey): number {
  return a.z - b.z || a.y - b.y || a.x - b.x;
}
