import { type TileCommit, TileNotFoundError, type TileWrite, tileNumber } from "@fmtc/core";
import { keepBlob } from "./blobs.ts";
import { writeCheckpoint } from "./checkpoint.ts";
import { clearFromTrash } from "./clear-trash.ts";
import type { Connection } from "./connection.ts";
import { recordLatest } from "./latest-tile.ts";
import { type Outcome, outcome } from "./outcome.ts";
import { ROW_ID, type TileId } from "./row-id.ts";
import { addSource } from "./sources.ts";
import { storeId } from "./store-rows.ts";
import { addTally, emptyTally, type Tally } from "./tally.ts";
import { type TextValue, textOf, textOrNull } from "./text-value.ts";
import { updateTile } from "./update-tile.ts";

// Each new tile takes this path, so its statements are put together once, not at each call.
const ADD_TILE = `INSERT INTO tiles
  (id, blob, length, holders, stored_at, expires_at, etag, last_modified, content_type)
  VALUES (${ROW_ID}, ?, ?, 1, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`;
const ADD_MEMBERSHIP = `INSERT INTO memberships (store, tile, evict_at) VALUES (?, ${ROW_ID}, ?)`;

/** Writes tiles and a checkpoint, within a transaction. */
export function commitTiles(connection: Connection, commit: TileCommit): Outcome<void> {
  const { store: name, tiles, pinned = false, checkpoint } = commit;
  const store = storeId(connection, name);
  const sources = addSources(connection, tiles);
  clearFromTrash(connection, tiles, sources);

  const tally = emptyTally();
  const others = new Set<number>();
  for (const tile of tiles) {
    const id = { source: sources.get(tile.source) ?? 0, number: tileNumber(tile) };
    const blob = tile.bytes === undefined ? undefined : keepBlob(connection, tile.bytes);
    if (blob !== undefined && addTile(connection, store, id, tile, blob, pinned, tally)) continue;
    const holders = updateTile(connection, store, id, tile, blob, pinned, tally);
    if (holders === undefined) throw new TileNotFoundError(keyOf(tile));
    for (const holder of holders) others.add(holder.store);
  }
  recordLatest(connection, store, tiles, sources);
  addTally(connection, store, tally);
  const downloadsInto = checkpoint && writeCheckpoint(connection, checkpoint);

  return outcome(
    undefined,
    tiles.length > 0 && { kind: "tiles", stores: [name, ...namesOf(connection, others)] },
    downloadsInto !== undefined && { kind: "downloads", stores: [downloadsInto] },
  );
}

/** Adds a tile that the database does not hold yet; false if it does. */
function addTile(
  connection: Connection,
  store: number,
  { source, number }: TileId,
  tile: TileWrite,
  blob: number,
  pinned: boolean,
  tally: Tally,
): boolean {
  const length = tile.bytes?.length ?? 0;
  const { changes } = connection
    .prepare(ADD_TILE)
    .run(
      source,
      number,
      blob,
      length,
      tile.storedAt,
      tile.expiresAt ?? null,
      textOrNull(tile.etag),
      textOrNull(tile.lastModified),
      textOrNull(tile.contentType),
    );
  if (changes === 0) return false;
  connection.prepare(ADD_MEMBERSHIP).run(store, source, number, pinned ? null : tile.storedAt);
  tally.newTiles += 1;
  tally.newBytes += length;
  tally.length += 1;
  tally.bytes += length;
  tally.soleLength += 1;
  tally.soleBytes += length;
  if (pinned) {
    tally.pinnedLength += 1;
    tally.pinnedBytes += length;
  }
  return true;
}

/** The numbers of the sources of these tiles, by their names. */
function addSources(connection: Connection, tiles: readonly TileWrite[]): ReadonlyMap<string, number> {
  const sources = new Map<string, number>();
  for (const { source } of tiles) {
    if (!sources.has(source)) sources.set(source, addSource(connection, source));
  }
  return sources;
}

function namesOf(connection: Connection, stores: Iterable<number>): string[] {
  const name = connection.prepare("SELECT name FROM stores WHERE id = ?");
  return [...stores].map((store) => textOf((name.get(store) as { name: TextValue }).name));
}

function keyOf({ source, z, x, y }: TileWrite) {
  return { source, z, x, y };
}
