import { type Freed, type RemoveOptions, type TileKey, tileNumber } from "@fmtc/core";
import type { Connection } from "./connection.ts";
import { takeOutDoomed } from "./move-to-trash.ts";
import { type Outcome, outcome } from "./outcome.ts";
import { NEXT_ROW_ID, numberOf, ROW_ID, rowId } from "./row-id.ts";
import { findSource } from "./sources.ts";
import { storeId } from "./store-rows.ts";

export function removeTiles(
  connection: Connection,
  name: string,
  keys: readonly TileKey[],
  options: RemoveOptions = {},
): Outcome<Freed> {
  const store = storeId(connection, name);
  const sources = new Map<string, number | undefined>();
  for (const key of keys) {
    if (!sources.has(key.source)) sources.set(key.source, findSource(connection, key.source));
    const source = sources.get(key.source);
    if (source !== undefined) doomTile(connection, store, source, tileNumber(key));
  }
  return takeOut(connection, name, store, options);
}

/**
 * Takes out the tiles of a cover, given as spans of tile numbers: first and last, ascending. It goes from one tile of
 * the store to the span that may hold it and on to that span's end, so neither an empty region nor a small store takes long.
 */
export function removeSpans(
  connection: Connection,
  name: string,
  sourceName: string,
  spans: Float64Array,
  options: RemoveOptions = {},
): Outcome<Freed> {
  const store = storeId(connection, name);
  const source = findSource(connection, sourceName);
  if (source !== undefined) {
    let from = 0;
    for (let i = 0; i < spans.length; i += 2) {
      const next = firstTileFrom(connection, store, source, Math.max(from, spans[i] ?? 0));
      if (next === undefined) break;
      i = spanEndingAtOrBehind(spans, next, i);
      const last = spans[i + 1];
      if (last === undefined) break;
      doomSpan(connection, store, source, spans[i] ?? 0, last);
      from = last + 1;
    }
  }
  return takeOut(connection, name, store, options);
}

export function removeOlderThan(
  connection: Connection,
  name: string,
  time: number,
  options: RemoveOptions = {},
): Outcome<Freed> {
  const store = storeId(connection, name);
  connection
    .prepare(
      `INSERT INTO doomed SELECT m.tile FROM memberships m JOIN tiles t ON t.id = m.tile
       WHERE m.store = ? AND t.stored_at < ?`,
    )
    .run(store, time);
  return takeOut(connection, name, store, options);
}

/** Takes the doomed tiles out of a store and says so. */
export function takeOut(
  connection: Connection,
  name: string,
  store: number,
  { dryRun = false }: RemoveOptions,
): Outcome<Freed> {
  const freed = takeOutDoomed(connection, store, dryRun);
  return outcome(freed, !dryRun && freed.removed > 0 && { kind: "tiles", stores: [name] });
}

/** Dooms a tile, if the store holds it. */
export function doomTile(connection: Connection, store: number, source: number, number: number): void {
  connection
    .prepare(`INSERT OR IGNORE INTO doomed SELECT tile FROM memberships WHERE store = ? AND tile = ${ROW_ID}`)
    .run(store, source, number);
}

function doomSpan(connection: Connection, store: number, source: number, first: number, last: number): void {
  connection
    .prepare(
      `INSERT INTO doomed SELECT tile FROM memberships
       WHERE store = :store AND tile BETWEEN ${rowId(":first")} AND ${rowId(":last")}`,
    )
    .run({ store, source, first, last });
}

function firstTileFrom(connection: Connection, store: number, source: number, number: number): number | undefined {
  const row = connection
    .prepare(
      `SELECT ${numberOf("tile")} AS number FROM memberships
       WHERE store = :store AND tile >= ${rowId(":number")} AND tile < ${NEXT_ROW_ID}
       ORDER BY tile LIMIT 1`,
    )
    .get({ store, source, number });
  return row?.number as number | undefined;
}

/** The place of the first span, from place `low` on, whose last number is not below `number`. */
function spanEndingAtOrBehind(spans: Float64Array, number: number, low: number): number {
  let first = low / 2;
  let end = spans.length / 2;
  while (first < end) {
    const middle = (first + end) >>> 1;
    if ((spans[2 * middle + 1] ?? 0) < number) first = middle + 1;
    else end = middle;
  }
  return 2 * first;
}
