import type { DownloadRecord, FailedTile } from "../ports/download-record.ts";
import type { StoreLimits, StoreStats } from "../ports/named-stores.ts";
import type { StoredTile } from "../ports/tile.ts";
import type { TileStore } from "../ports/tile-store.ts";
import { equal } from "./assert.ts";
import { placeOf, placesOf } from "./samples.ts";

/** All that comes, in a list. */
export async function collect<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

/** The places of the tiles of a store, in their order. */
export async function placesIn(store: TileStore, name: string): Promise<readonly string[]> {
  return placesOf(await collect(store.tiles.scan({ stores: [name] })));
}

/** All that a database holds and can tell, so that two moments can be compared. */
export interface Snapshot {
  readonly tiles: readonly StoredTile[];
  readonly stores: Readonly<Record<string, NamedSnapshot>>;
  readonly downloads: readonly DownloadRecord[];
  readonly failed: Readonly<Record<string, readonly FailedTile[]>>;
  readonly length: number;
  readonly bytes: number;
}

interface NamedSnapshot {
  readonly stats: StoreStats;
  readonly limits: StoreLimits;
  readonly metadata: Readonly<Record<string, string>>;
  readonly places: readonly string[];
}

export async function snapshotOf(store: TileStore): Promise<Snapshot> {
  const names = await store.stores.list();
  const downloads = await store.downloads.list();
  const { length, bytes } = await store.stats();
  const named = async (name: string) => [name, await namedSnapshot(store, name)] as const;
  const failed = async ({ id }: DownloadRecord) => [id, await collect(store.downloads.failed(id))] as const;
  return {
    tiles: await collect(store.tiles.scan({ bytes: true })),
    stores: Object.fromEntries(await Promise.all(names.map(named))),
    downloads: downloads.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    failed: Object.fromEntries(await Promise.all(downloads.map(failed))),
    length,
    bytes,
  };
}

/** Asserts that all sums of a database, which its transactions maintain, are what counting its tiles gives. */
export async function assertSumsAreCounts(store: TileStore): Promise<void> {
  const { tiles, stores, length, bytes } = await snapshotOf(store);
  const lengths = new Map(tiles.map((tile) => [placeOf(tile), tile.length]));
  equal(length, tiles.length, "the number of tiles in the database");
  equal(bytes, sum([...lengths.values()]), "the sum of bytes in the database");
  for (const [name, { stats, places }] of Object.entries(stores)) {
    equal(stats.length, places.length, `the number of tiles in "${name}"`);
    equal(stats.bytes, sum(places.map((place) => lengths.get(place) ?? 0)), `the sum of bytes in "${name}"`);
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}

async function namedSnapshot(store: TileStore, name: string): Promise<NamedSnapshot> {
  return {
    stats: await store.stores.stats(name),
    limits: await store.stores.limits(name),
    metadata: await store.metadata.read(name),
    places: await placesIn(store, name),
  };
}
