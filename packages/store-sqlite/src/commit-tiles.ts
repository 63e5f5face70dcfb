import { type TileCommit, TileNotFoundError, type TileWrite, tileNumber } from "@fmtc/core";
import { dropBlob, keepBlob } from "./blobs.ts";
import { writeCheckpoint } from "./checkpoint.ts";
import { clearFromTrash } from "./clear-trash.ts";
import type { Connection } from "./connection.ts";
import { recordLatest } from "./latest-tile.ts";
import { type Outcome, outcome } from "./outcome.ts";
import { SOURCE_SHIFT } from "./schema.ts";
import { type OtherHolder, otherHolders, tellOtherHolders } from "./shared-tiles.ts";
import { addSource } from "./sources.ts";
import { storeId } from "./store-rows.ts";
import { addTally, emptyTally, type Tally } from "./tally.ts";
import { type TextValue, textOf, textOrNull } from "./text-value.ts";

// Statements of the path that each new tile takes are put together once, not at each call.
const FIND_TILE = `SELECT blob, length, holders, stored_at AS storedAt FROM tiles WHERE id = ? << ${SOURCE_SHIFT} | ?`;
const ADD_TILE = `INSERT INTO tiles
  (id, blob, length, holders, stored_at, expires_at, etag, last_modified, content_type)
  VALUES (? << ${SOURCE_SHIFT} | ?, ?, ?, 1, ?, ?, ?, ?, ?)`;
const ADD_MEMBERSHIP = `INSERT INTO memberships (store, tile, evict_at) VALUES (?, ? << ${SOURCE_SHIFT} | ?, ?)`;

/** A tile as it is in the database, and how the store that commits holds it. */
interface KnownTile {
  readonly blob: number;
  readonly length: number;
  readonly holders: number;
  readonly storedAt: number;
}

/** Writes tiles and a checkpoint, within a transaction. */
export function commitTiles(connection: Connection, commit: TileCommit): Outcome<void> {
  const { store: name, tiles, pinned = false, checkpoint } = commit;
  const store = storeId(connection, name);
  const tally = emptyTally();
  const sources = new Map<string, number>();
  const numbered = tiles.map((tile) => {
    const source = sources.get(tile.source) ?? addSource(connection, tile.source);
    sources.set(tile.source, source);
    return { source, number: tileNumber(tile), tile };
  });

  clearFromTrash(connection, numbered);
  const others = new Set<number>();
  for (const each of numbered) {
    for (const other of writeTile(connection, store, each, pinned, tally)) others.add(other.store);
  }
  recordLatest(connection, store, numbered);
  addTally(connection, store, tally);
  if (checkpoint !== undefined) writeCheckpoint(connection, checkpoint);

  return outcome(
    undefined,
    tiles.length > 0 && { kind: "tiles", stores: [name, ...namesOf(connection, others)] },
    checkpoint !== undefined && { kind: "downloads", stores: [name] },
  );
}

/** A tile with the number of its source and its own. */
export interface NumberedTile {
  readonly source: number;
  readonly number: number;
  readonly tile: TileWrite;
}

/** Returns the other stores that hold it. */
function writeTile(
  connection: Connection,
  store: number,
  each: NumberedTile,
  pinned: boolean,
  tally: Tally,
): readonly OtherHolder[] {
  const { source, number } = each;
  const known = connection.prepare(FIND_TILE).get(source, number) as KnownTile | undefined;
  if (known !== undefined) return updateTile(connection, store, each, known, pinned, tally);
  addTile(connection, store, each, pinned, tally);
  return [];
}

function addTile(
  connection: Connection,
  store: number,
  { source, number, tile }: NumberedTile,
  pinned: boolean,
  tally: Tally,
): void {
  const { bytes, storedAt, expiresAt, etag, lastModified, contentType } = tile;
  if (bytes === undefined) throw new TileNotFoundError(keyOf(tile));
  connection
    .prepare(ADD_TILE)
    .run(
      source,
      number,
      keepBlob(connection, bytes),
      bytes.length,
      storedAt,
      expiresAt ?? null,
      textOrNull(etag),
      textOrNull(lastModified),
      textOrNull(contentType),
    );
  addMembership(connection, store, source, number, pinned ? null : storedAt);
  tally.newTiles += 1;
  tally.newBytes += bytes.length;
  tally.length += 1;
  tally.bytes += bytes.length;
  tally.soleLength += 1;
  tally.soleBytes += bytes.length;
  if (pinned) {
    tally.pinnedLength += 1;
    tally.pinnedBytes += bytes.length;
  }
}

function updateTile(
  connection: Connection,
  store: number,
  { source, number, tile }: NumberedTile,
  known: KnownTile,
  pinned: boolean,
  tally: Tally,
): readonly OtherHolder[] {
  const membership = connection
    .prepare(`SELECT evict_at AS evictAt FROM memberships WHERE store = ? AND tile = ? << ${SOURCE_SHIFT} | ?`)
    .get(store, source, number) as { evictAt: number | null } | undefined;
  const others = otherHolders(connection, store, source, number, known.holders, membership !== undefined);
  const length = tile.bytes?.length ?? known.length;
  const holders = others.length + 1;

  if (tile.bytes === undefined) refreshDetails(connection, source, number, tile);
  else replaceBytes(connection, source, number, tile, tile.bytes, known.blob);
  if (holders !== known.holders) {
    connection.prepare(`UPDATE tiles SET holders = ? WHERE id = ? << ${SOURCE_SHIFT} | ?`).run(holders, source, number);
  }

  const wasPinned = membership?.evictAt === null;
  const evictAt = pinned || wasPinned ? null : tile.storedAt;
  if (membership === undefined) addMembership(connection, store, source, number, evictAt);
  else if (membership.evictAt !== evictAt) {
    connection
      .prepare(`UPDATE memberships SET evict_at = ? WHERE store = ? AND tile = ? << ${SOURCE_SHIFT} | ?`)
      .run(evictAt, store, source, number);
  }

  tallyUpdate(tally, { known, length, others, isNew: membership === undefined, wasPinned, isPinned: evictAt === null });
  tellOtherHolders(connection, others, {
    source,
    number,
    storedAt: tile.storedAt,
    storedBefore: known.storedAt,
    length,
    lengthBefore: known.length,
    hasJoined: membership === undefined,
  });
  return others;
}

function tallyUpdate(
  tally: Tally,
  update: {
    readonly known: KnownTile;
    readonly length: number;
    readonly others: readonly OtherHolder[];
    readonly isNew: boolean;
    readonly wasPinned: boolean;
    readonly isPinned: boolean;
  },
): void {
  const { known, length, others, isNew, wasPinned, isPinned } = update;
  tally.newBytes += length - known.length;
  tally.length += isNew ? 1 : 0;
  tally.bytes += length - (isNew ? 0 : known.length);
  tally.pinnedLength += Number(isPinned) - Number(wasPinned);
  tally.pinnedBytes += (isPinned ? length : 0) - (wasPinned ? known.length : 0);
  // With others, it is not the only holder; without, it was that already.
  if (others.length === 0) tally.soleBytes += length - known.length;
}

/** Bytes come with details of their own: those of the old ones go. */
function replaceBytes(
  connection: Connection,
  source: number,
  number: number,
  { storedAt, expiresAt, etag, lastModified, contentType }: TileWrite,
  bytes: Uint8Array,
  oldBlob: number,
): void {
  const blob = keepBlob(connection, bytes);
  dropBlob(connection, oldBlob);
  connection
    .prepare(
      `UPDATE tiles SET blob = ?, length = ?, stored_at = ?, expires_at = ?, etag = ?, last_modified = ?, content_type = ?
       WHERE id = ? << ${SOURCE_SHIFT} | ?`,
    )
    .run(
      blob,
      bytes.length,
      storedAt,
      expiresAt ?? null,
      textOrNull(etag),
      textOrNull(lastModified),
      textOrNull(contentType),
      source,
      number,
    );
}

/** Without bytes, details that are absent are kept. */
function refreshDetails(
  connection: Connection,
  source: number,
  number: number,
  { storedAt, expiresAt, etag, lastModified, contentType }: TileWrite,
): void {
  connection
    .prepare(
      `UPDATE tiles SET stored_at = ?, expires_at = coalesce(?, expires_at), etag = coalesce(?, etag),
         last_modified = coalesce(?, last_modified), content_type = coalesce(?, content_type)
       WHERE id = ? << ${SOURCE_SHIFT} | ?`,
    )
    .run(
      storedAt,
      expiresAt ?? null,
      textOrNull(etag),
      textOrNull(lastModified),
      textOrNull(contentType),
      source,
      number,
    );
}

function addMembership(
  connection: Connection,
  store: number,
  source: number,
  number: number,
  evictAt: number | null,
): void {
  connection.prepare(ADD_MEMBERSHIP).run(store, source, number, evictAt);
}

function namesOf(connection: Connection, stores: Iterable<number>): string[] {
  const name = connection.prepare("SELECT name FROM stores WHERE id = ?");
  return [...stores].map((store) => textOf((name.get(store) as { name: TextValue }).name));
}

function keyOf({ source, z, x, y }: TileWrite) {
  return { source, z, x, y };
}
