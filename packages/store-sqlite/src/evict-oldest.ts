import type { EvictOptions, Freed } from "@fmtc/core";
import type { Connection } from "./connection.ts";
import { type Outcome, outcome } from "./outcome.ts";
import { doomTile, takeOut } from "./remove-tiles.ts";
import { FIRST_ROW_ID, NEXT_ROW_ID, numberOf } from "./row-id.ts";
import { findSource, sourceNames } from "./sources.ts";
import { storeId, storeLimits, storeStats } from "./store-rows.ts";

/** What still has to go. */
interface Excess {
  tiles: number;
  bytes: number;
}

/** Unpinned tiles have an index by age, of which only the part that goes is read. With pinned ones all are sorted. */
const AGES = {
  unpinned: {
    age: "m.evict_at",
    held: "memberships m WHERE m.store = :store AND m.evict_at IS NOT NULL",
    heldWithLength: "memberships m JOIN tiles t ON t.id = m.tile WHERE m.store = :store AND m.evict_at IS NOT NULL",
  },
  all: {
    age: "t.stored_at",
    held: "memberships m JOIN tiles t ON t.id = m.tile WHERE m.store = :store",
    heldWithLength: "memberships m JOIN tiles t ON t.id = m.tile WHERE m.store = :store",
  },
};

export function evictOldest(connection: Connection, name: string, options: EvictOptions = {}): Outcome<Freed> {
  const store = storeId(connection, name);
  const excess = excessOf(connection, name, options);
  if (!remains(excess)) return outcome({ removed: 0, deleted: 0, bytes: 0 });

  const ages = options.pinned === true ? AGES.all : AGES.unpinned;
  const time = doomOlderOnes(connection, store, excess, ages);
  if (time !== undefined) doomByKey(connection, store, excess, ages, time);
  return takeOut(connection, name, store, options);
}

function excessOf(connection: Connection, name: string, options: EvictOptions): Excess {
  const isGiven = options.maxLength !== undefined || options.maxBytes !== undefined;
  const { maxLength = Infinity, maxBytes = Infinity } = isGiven ? options : storeLimits(connection, name);
  const stats = storeStats(connection, name);
  const pinned =
    options.pinned === true ? { length: 0, bytes: 0 } : { length: stats.pinnedLength, bytes: stats.pinnedBytes };
  return { tiles: stats.length - pinned.length - maxLength, bytes: stats.bytes - pinned.bytes - maxBytes };
}

function remains({ tiles, bytes }: Excess): boolean {
  return tiles > 0 || bytes > 0;
}

/** Dooms all that are older than the youngest that has to go, whose time it returns. Of that age, not all may have to. */
function doomOlderOnes(
  connection: Connection,
  store: number,
  excess: Excess,
  { age, held, heldWithLength }: (typeof AGES)["all"],
): number | undefined {
  const byAge = connection.prepare(`SELECT ${age} AS time, t.length FROM ${heldWithLength} ORDER BY ${age}`);
  let time: number | undefined;
  // What is left once all older than `time` are gone, and what is left so far.
  let left = { ...excess };
  const soFar = { ...excess };
  for (const row of byAge.iterate({ store })) {
    const tile = row as { time: number; length: number };
    if (!remains(soFar)) break;
    if (tile.time !== time) {
      time = tile.time;
      left = { ...soFar };
    }
    soFar.tiles -= 1;
    soFar.bytes -= tile.length;
  }
  if (time === undefined) return undefined;
  connection.prepare(`INSERT INTO doomed SELECT m.tile FROM ${held} AND ${age} < :time`).run({ store, time });
  excess.tiles = left.tiles;
  excess.bytes = left.bytes;
  return time;
}

/** Dooms tiles of one age by their keys until nothing more has to go. */
function doomByKey(
  connection: Connection,
  store: number,
  excess: Excess,
  { age, heldWithLength }: (typeof AGES)["all"],
  time: number,
): void {
  const byKey = connection.prepare(
    `SELECT ${numberOf("m.tile")} AS number, t.length FROM ${heldWithLength} AND ${age} = :time
     AND m.tile >= ${FIRST_ROW_ID} AND m.tile < ${NEXT_ROW_ID} ORDER BY m.tile`,
  );
  for (const name of sourceNames(connection)) {
    const source = findSource(connection, name) ?? 0;
    for (const row of byKey.iterate({ store, time, source })) {
      const tile = row as { number: number; length: number };
      if (!remains(excess)) return;
      doomTile(connection, store, source, tile.number);
      excess.tiles -= 1;
      excess.bytes -= tile.length;
    }
  }
}
