import { type ScanOptions, type StoredTile, type TileInfo, type TileKey, tileNumber, tileOfNumber } from "@fmtc/core";
import { IS_LIVE } from "./clear-trash.ts";
import type { Connection } from "./connection.ts";
import { findHeldTile, readTile, storeIds } from "./read-tiles.ts";
import { NEXT_ROW_ID, numberOf, ROW_ID, rowId } from "./row-id.ts";
import { committedSource, sourceNames } from "./sources.ts";
import { TILE_COLUMNS, type TileRow, tileInfo } from "./tile-rows.ts";
import { turn } from "./turn.ts";

/** How many tiles are read before others have their turn. */
const TILES_AT_A_TIME = 500;
const WITH_BYTES_AT_A_TIME = 100;

/** A page of tiles, and where the next one begins: behind this number. */
interface Page {
  readonly tiles: readonly TileInfo[];
  readonly end: number | undefined;
}

/** Goes over tiles in the order of their keys. What it gives with bytes was read right before it is given. */
export async function* scanTiles(
  connection: Connection,
  { stores, source, bytes = false, after }: ScanOptions = {},
): AsyncGenerator<TileInfo, void, undefined> {
  const limit = bytes ? WITH_BYTES_AT_A_TIME : TILES_AT_A_TIME;
  const names = source === undefined ? sourceNames(connection) : [source];
  // By their ids, they are the same stores under other names.
  const ids = stores && storeIds(connection, stores);
  for (const name of names) {
    if (after !== undefined && name < after.source) continue;
    let behind: number | undefined = after?.source === name ? tileNumber(after) : -1;
    while (behind !== undefined) {
      const page: Page = readPage(connection, name, ids, behind, limit);
      for (const tile of page.tiles) {
        const given = bytes ? readAgain(connection, tile, ids) : tile;
        if (given !== undefined) yield given;
      }
      behind = page.end;
      await turn();
    }
  }
}

function readAgain(
  connection: Connection,
  key: TileKey,
  stores: readonly number[] | undefined,
): StoredTile | undefined {
  if (stores === undefined) return readTile(connection, key, undefined);
  return connection.snapshot(() => findHeldTile(connection, key, stillStores(connection, stores)));
}

/** Those stores that have not become trash meanwhile. */
function stillStores(connection: Connection, stores: readonly number[]): number[] {
  const named = connection.prepare("SELECT 1 FROM stores WHERE id = ? AND name IS NOT NULL");
  return stores.filter((store) => named.get(store) !== undefined);
}

function readPage(
  connection: Connection,
  name: string,
  stores: readonly number[] | undefined,
  behind: number,
  limit: number,
): Page {
  return connection.snapshot(() => {
    const source = committedSource(connection, name);
    if (source === undefined) return { tiles: [], end: undefined };
    return stores === undefined
      ? pageOfAll(connection, name, source, behind, limit)
      : pageOfStores(connection, name, source, stillStores(connection, stores), behind, limit);
  });
}

/** Tiles that are trash count towards the limit, so that many of them do not make a page long. */
function pageOfAll(connection: Connection, name: string, source: number, behind: number, limit: number): Page {
  const rows = connection
    .prepare(
      `SELECT ${numberOf("t.id")} AS number, ${IS_LIVE} AS isLive, ${TILE_COLUMNS} FROM tiles t
       WHERE t.id >= ${rowId(":first")} AND t.id < ${NEXT_ROW_ID} ORDER BY t.id LIMIT :limit`,
    )
    .all({ source, first: behind + 1, limit }) as (TileRow & { number: number; isLive: number })[];
  const tiles = rows.filter(({ isLive }) => isLive === 1).map((row) => infoOf(name, row.number, row));
  return { tiles, end: rows.length < limit ? undefined : rows.at(-1)?.number };
}

/** The next tiles of each store, merged. */
function pageOfStores(
  connection: Connection,
  name: string,
  source: number,
  stores: readonly number[],
  behind: number,
  limit: number,
): Page {
  const numbers = new Set<number>();
  for (const store of stores) {
    const rows = connection
      .prepare(
        `SELECT ${numberOf("tile")} AS number FROM memberships
         WHERE store = :store AND tile >= ${rowId(":first")} AND tile < ${NEXT_ROW_ID}
         ORDER BY tile LIMIT :limit`,
      )
      .all({ store, source, first: behind + 1, limit }) as { number: number }[];
    for (const { number } of rows) numbers.add(number);
  }
  const first = [...numbers].sort((a, b) => a - b).slice(0, limit);
  const tile = connection.prepare(`SELECT ${TILE_COLUMNS} FROM tiles t WHERE t.id = ${ROW_ID}`);
  const tiles = first.map((number) => infoOf(name, number, tile.get(source, number) as TileRow));
  return { tiles, end: first.length < limit ? undefined : first.at(-1) };
}

function infoOf(source: string, number: number, row: TileRow): TileInfo {
  return tileInfo({ source, ...tileOfNumber(number) }, row);
}
