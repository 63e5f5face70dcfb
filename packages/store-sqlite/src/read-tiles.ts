import { type StoredTile, type TileInfo, type TileKey, tileNumber, tileOfNumber } from "@fmtc/core";
import { IS_LIVE } from "./clear-trash.ts";
import type { Connection } from "./connection.ts";
import { numberOf, ROW_ID, sourceOf } from "./row-id.ts";
import { committedSource } from "./sources.ts";
import { findStoreId, storeId } from "./store-rows.ts";
import { type TextValue, textOf } from "./text-value.ts";
import { storedTile, TILE_COLUMNS, type TileRow, tileInfo } from "./tile-rows.ts";
import { turn } from "./turn.ts";

/** How many keys are looked up before others have their turn. */
const KEYS_AT_A_TIME = 500;

type BytesRow = TileRow & Pick<StoredTile, "bytes">;

/** The same as a list: TILE_COLUMNS, and the bytes. */
type BytesList = readonly [
  length: TileRow["length"],
  storedAt: TileRow["storedAt"],
  expiresAt: TileRow["expiresAt"],
  etag: TileRow["etag"],
  lastModified: TileRow["lastModified"],
  contentType: TileRow["contentType"],
  bytes: StoredTile["bytes"],
];

// Statements are put together once, not at each call.
const THE_TILE = `t.id = ${ROW_ID} AND ${IS_LIVE}`;
const READ_TILE = `SELECT ${TILE_COLUMNS}, b.bytes FROM tiles t JOIN blobs b ON b.id = t.blob WHERE ${THE_TILE}`;
const TILE_INFO = `SELECT ${TILE_COLUMNS} FROM tiles t WHERE ${THE_TILE}`;
const HAS_TILE = `SELECT 1 FROM tiles t WHERE ${THE_TILE}`;
const IS_HELD = `SELECT 1 FROM memberships WHERE store = ? AND tile = ${ROW_ID}`;

export function readTile(
  connection: Connection,
  key: TileKey,
  stores: readonly string[] | undefined,
): StoredTile | undefined {
  if (stores === undefined) return findTile(connection, key);
  return connection.snapshot(() => findHeldTile(connection, key, storeIds(connection, stores)));
}

/** The tile, if one of the stores holds it. */
export function findHeldTile(connection: Connection, key: TileKey, stores: readonly number[]): StoredTile | undefined {
  const source = committedSource(connection, key.source);
  if (source === undefined || !isHeld(connection, source, key, stores)) return undefined;
  return findTile(connection, key);
}

function findTile(connection: Connection, key: TileKey): StoredTile | undefined {
  const source = committedSource(connection, key.source);
  if (source === undefined) return undefined;
  const row = connection.firstRow(READ_TILE, source, tileNumber(key));
  if (row === undefined) return undefined;
  const [length, storedAt, expiresAt, etag, lastModified, contentType, bytes] = row as BytesList;
  return storedTile(key, { length, storedAt, expiresAt, etag, lastModified, contentType, bytes });
}

export function tilesInfo(
  connection: Connection,
  keys: readonly TileKey[],
  stores: readonly string[] | undefined,
): Promise<(TileInfo | undefined)[]> {
  return lookUp(connection, keys, stores, (key, source) => {
    const row = connection.prepare(TILE_INFO).get(source, tileNumber(key)) as TileRow | undefined;
    return row && tileInfo(key, row);
  });
}

export async function hasTiles(
  connection: Connection,
  keys: readonly TileKey[],
  stores: readonly string[] | undefined,
): Promise<boolean[]> {
  const found = await lookUp(connection, keys, stores, (key, source) =>
    connection.prepare(HAS_TILE).get(source, tileNumber(key)),
  );
  return found.map((row) => row !== undefined);
}

/** The latest tile of a store; "unknown" if it has to be found first. */
export function latestTile(connection: Connection, name: string): StoredTile | "unknown" | undefined {
  const store = storeId(connection, name);
  const row = connection
    .prepare(
      `SELECT ${TILE_COLUMNS}, b.bytes, ${numberOf("t.id")} AS number, sources.name AS source
       FROM stores s JOIN tiles t ON t.id = s.latest JOIN blobs b ON b.id = t.blob
         JOIN sources ON sources.id = ${sourceOf("t.id")}
       WHERE s.id = ?`,
    )
    .get(store) as (BytesRow & { number: number; source: TextValue }) | undefined;
  if (row !== undefined) {
    const key = { source: textOf(row.source), ...tileOfNumber(row.number) };
    return storedTile(key, row);
  }
  const { length } = connection.prepare("SELECT length FROM stores WHERE id = ?").get(store) as { length: number };
  return length === 0 ? undefined : "unknown";
}

/** The ids of those stores that exist. */
export function storeIds(connection: Connection, names: readonly string[]): number[] {
  return names.map((name) => findStoreId(connection, name)).filter((id) => id !== undefined);
}

/** What `find` gives for each key that one of the stores holds, a few at a time. */
async function lookUp<T>(
  connection: Connection,
  keys: readonly TileKey[],
  stores: readonly string[] | undefined,
  find: (key: TileKey, source: number) => T | undefined,
): Promise<(T | undefined)[]> {
  const found: (T | undefined)[] = [];
  for (let start = 0; start < keys.length; start += KEYS_AT_A_TIME) {
    if (start > 0) await turn();
    connection.snapshot(() => {
      const ids = stores === undefined ? undefined : storeIds(connection, stores);
      for (const key of keys.slice(start, start + KEYS_AT_A_TIME)) {
        const source = committedSource(connection, key.source);
        const isWanted = source !== undefined && (ids === undefined || isHeld(connection, source, key, ids));
        found.push(isWanted ? find(key, source) : undefined);
      }
    });
  }
  return found;
}

function isHeld(connection: Connection, source: number, key: TileKey, stores: readonly number[]): boolean {
  const membership = connection.prepare(IS_HELD);
  return stores.some((store) => membership.get(store, source, tileNumber(key)) !== undefined);
}
