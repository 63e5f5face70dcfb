import { type Cover, coverOf } from "../cover/cover.ts";
import type { TileInfo, TileKey } from "../ports/tile.ts";
import type { TileStore } from "../ports/tile-store.ts";
import type { DownloadableRegion } from "../region/downloadable.ts";
import { isStale } from "./is-stale.ts";

/** What a store has of a region. Sea that was left out of the store counts as missing: there is nothing to tell it by. */
export interface RegionAudit {
  /** The number of tiles of the region: those that follow, together. */
  readonly max: number;
  /** Tiles that the store has and that are fresh, as far as their server has said. */
  readonly present: number;
  /** Tiles that the store has, and that are worth asking for again. */
  readonly stale: number;
  readonly missing: number;
  /** The bytes of those that the store has. */
  readonly bytes: number;
}

const PAGE = 1_000;

/** Counts what a store has of a region: by looking up its tiles, or by going over the store's, whichever are fewer. */
export async function auditRegion(
  store: TileStore,
  name: string,
  region: DownloadableRegion,
  now: number,
): Promise<RegionAudit> {
  const cover = coverOf(region);
  const { length } = await store.stores.stats(name);
  const found =
    cover.count <= length ? lookedUp(store, name, region.source, cover) : scanned(store, name, region.source, cover);
  let count = 0;
  let stale = 0;
  let bytes = 0;
  for await (const info of found) {
    count += 1;
    bytes += info.length;
    if (isStale(info, now)) stale += 1;
  }
  return { max: cover.count, present: count - stale, stale, missing: cover.count - count, bytes };
}

async function* lookedUp(store: TileStore, name: string, source: string, cover: Cover): AsyncIterable<TileInfo> {
  const cursor = cover.cursor();
  for (let from = 0; from < cover.count; from += PAGE) {
    const keys: TileKey[] = [];
    while (keys.length < PAGE && cursor.next()) keys.push({ source, z: cursor.z, x: cursor.x, y: cursor.y });
    for (const info of await store.tiles.info(keys, { stores: [name] })) if (info !== undefined) yield info;
  }
}

async function* scanned(store: TileStore, name: string, source: string, cover: Cover): AsyncIterable<TileInfo> {
  for await (const info of store.tiles.scan({ stores: [name], source })) if (cover.has(info)) yield info;
}
