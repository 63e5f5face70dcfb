import type { DownloadRecord, FailedTile, RecordedProgress } from "../ports/download-record.ts";
import type { TileKey, TileWrite } from "../ports/tile.ts";
import type { TileCommit } from "../ports/tile-commit.ts";
import type { TileStore } from "../ports/tile-store.ts";

// What scenarios write. A place is a text, "z/x/y", or "z/x/y@source" if the source is another than "topo".

const SOURCE = "topo";

export function keyAt(place: string): TileKey {
  const [numbers = "", source = SOURCE] = place.split("@");
  const [z, x, y] = numbers.split("/").map(Number);
  if (z === undefined || x === undefined || y === undefined) throw new RangeError(`"${place}" is not a place.`);
  return { source, z, x, y };
}

export function keysAt(...places: readonly string[]): readonly TileKey[] {
  return places.map(keyAt);
}

/** The place of a key, as `keyAt` reads it. */
export function placeOf({ source, z, x, y }: TileKey): string {
  return `${z}/${x}/${y}${source === SOURCE ? "" : `@${source}`}`;
}

export function placesOf(keys: readonly TileKey[]): readonly string[] {
  return keys.map(placeOf);
}

/** A tile with ten bytes of its own, stored at 1000. */
export function tileAt(place: string, details: Partial<TileWrite> = {}): TileWrite {
  return { ...keyAt(place), storedAt: 1_000, bytes: bytesOf(10, place), ...details };
}

/** A tile without bytes: one that is to keep what the database has. */
export function keptTileAt(place: string, details: Partial<TileWrite> = {}): TileWrite {
  return { ...keyAt(place), storedAt: 2_000, ...details };
}

/** Bytes that another text would make other. */
export function bytesOf(length: number, text: string): Uint8Array<ArrayBuffer> {
  let state = 7;
  for (let i = 0; i < text.length; i++) state = (state * 31 + text.charCodeAt(i)) % 65_521;
  const bytes = new Uint8Array(length);
  for (let i = 0; i < length; i++) {
    state = (state * 75 + 74) % 65_537;
    bytes[i] = state;
  }
  return bytes;
}

/** Creates a store, unless it exists, and puts tiles into it. */
export async function fill(
  store: TileStore,
  name: string,
  tiles: readonly (string | TileWrite)[],
  options: Partial<TileCommit> = {},
): Promise<void> {
  await store.stores.create(name);
  const writes = tiles.map((tile) => (typeof tile === "string" ? tileAt(tile) : tile));
  await store.commit({ store: name, tiles: writes, ...options });
}

export function recordOf(
  id: string,
  store: string,
  fields: Partial<Omit<DownloadRecord, "lease">> = {},
): Omit<DownloadRecord, "lease"> {
  return {
    id,
    store,
    createdAt: 1_000,
    region: {
      region: { type: "rectangle", north: 51.7, south: 51.3, west: -0.5, east: 0.3 },
      minZoom: 3,
      maxZoom: 12,
      source: SOURCE,
    },
    total: 500,
    coverOrder: 1,
    options: { parallel: 8, skipSea: true, retries: { times: 3, codes: [429, 503] }, note: null },
    progress: progressOf([]),
    ...fields,
  };
}

export function progressOf(finished: readonly number[], fields: Partial<RecordedProgress> = {}): RecordedProgress {
  return { state: "running", updatedAt: 1_000, finished, counts: { stored: finished.length }, ...fields };
}

export function failedAt(index: number, fields: Partial<FailedTile> = {}): FailedTile {
  return { index, z: 20, x: index, y: 7, reason: "negative", attempts: 1, failedAt: 1_000, ...fields };
}
