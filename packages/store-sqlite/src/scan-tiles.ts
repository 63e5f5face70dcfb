import { type ScanOptions, type TileInfo, tileNumber, tileOfNumber } from "@fmtc/core";
import { IS_LIVE } from "./clear-trash.ts";
import type { Connection } from "./connection.ts";
import { readTile, storeIds } from "./read-tiles.ts";
import { NUMBER_MASK, SOURCE_SHIFT } from "./schema.ts";
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
  for (const name of names) {
    if (after !== undefined && name < after.source) continue;
    let behind: number | undefined = after?.source === name ? tileNumber(after) : -1;
    while (behind !== undefined) {
      const page: Page = readPage(connection, name, stores, behind, limit);
      for (const tile of page.tiles) {
        const given = bytes ? readTile(connection, tile, stores) : tile;
        if (given !== undefined) yield given;
      }
      behind = page.end;
      await turn();
    }
  }
}

function readPage(
  connection: Connection,
  name: string,
  stores: readonly string[] | undefined,
  behind: number,
  limit: number,
): Page {
  return connection.snapshot(() => {
    const source = committedSource(connection, name);
    if (source === undefined) return { tiles: [], end: undefined };
    return stores === undefined
      ? pageOfAll(connection, name, source, behind, limit)
      : pageOfStores(connection, name, source, storeIds(connection, stores), behind, limit);
  });
}

/** Tiles that are trash count towards the limit, so that many of them do not make a page long. */
function pageOfAll(connection: Connection, name: string, source: number, behind: number, limit: number): Page {
  const rows = connection
    .prepare(
      `SELECT t.id & ${NUMBER_MASK} AS number, ${IS_LIVE} AS isLive, ${TILE_COLUMNS} FROM tiles t
       WHERE t.id > (:source << ${SOURCE_SHIFT}) + :behind AND t.id < (:source + 1 << ${SOURCE_SHIFT}) ORDER BY t.id LIMIT :limit`,
    )
    .all({ source, behind, limit }) as (TileRow & { number: number; isLive: number })[];
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
        `SELECT tile & ${NUMBER_MASK} AS number FROM memberships
         WHERE store = :store AND tile > (:source << ${SOURCE_SHIFT}) + :behind AND tile < (:source + 1 << ${SOURCE_SHIFT})
         ORDER BY tile LIMIT :limit`,
      )
      .all({ store, source, behind, limit }) as { number: number }[];
    for (const { number } of rows) numbers.add(number);
  }
  const first = [...numbers].sort((a, b) => a - b).slice(0, limit);
  const tile = connection.prepare(`SELECT ${TILE_COLUMNS} FROM tiles t WHERE t.id = ? << ${SOURCE_SHIFT} | ?`);
  const tiles = first.map((number) => infoOf(name, number, tile.get(source, number) as TileRow));
  return { tiles, end: first.length < limit ? undefined : first.at(-1) };
}

function infoOf(source: string, number: number, row: TileRow): TileInfo {
  return tileInfo({ source, ...tileOfNumber(number) }, row);
}
