import type { TileWrite } from "@fmtc/core";
import { dropBlob } from "./blobs.ts";
import type { Connection } from "./connection.ts";
import { ROW_ID, rowId, type TileId } from "./row-id.ts";
import { type OtherHolder, otherHolders, tellOtherHolders } from "./shared-tiles.ts";
import type { Tally } from "./tally.ts";
import { textOrNull } from "./text-value.ts";

const THE_TILE = `id = ${rowId(":number")}`;
const THE_MEMBERSHIP = `store = :store AND tile = ${rowId(":number")}`;

/** A tile as it is in the database. */
type KnownTile = {
  readonly blob: number;
  readonly length: number;
  readonly holders: number;
  readonly storedAt: number;
};

/**
 * Writes a tile that the database holds already, whose new bytes, if it has any, are kept as `blob`. Returns the other
 * stores that hold it; undefined if there is no such tile.
 */
export function updateTile(
  connection: Connection,
  store: number,
  id: TileId,
  tile: TileWrite,
  blob: number | undefined,
  pinned: boolean,
  tally: Tally,
): readonly OtherHolder[] | undefined {
  const known = connection
    .prepare(`SELECT blob, length, holders, stored_at AS storedAt FROM tiles WHERE ${THE_TILE}`)
    .get({ ...id }) as KnownTile | undefined;
  if (known === undefined) return undefined;
  const membership = connection
    .prepare(`SELECT evict_at AS evictAt FROM memberships WHERE ${THE_MEMBERSHIP}`)
    .get({ ...id, store }) as { evictAt: number | null } | undefined;
  const others = otherHolders(connection, store, id, known.holders, membership !== undefined);
  const length = tile.bytes?.length ?? known.length;
  const hasJoined = membership === undefined;
  const wasPinned = membership?.evictAt === null;
  const isPinned = pinned || wasPinned;

  if (blob === undefined) refreshDetails(connection, id, tile);
  else replaceBytes(connection, id, tile, { blob, oldBlob: known.blob, length });
  join(connection, { ...id, store, evictAt: isPinned ? null : tile.storedAt }, hasJoined);

  tally.newBytes += length - known.length;
  tally.length += hasJoined ? 1 : 0;
  tally.bytes += length - (hasJoined ? 0 : known.length);
  tally.pinnedLength += Number(isPinned) - Number(wasPinned);
  tally.pinnedBytes += (isPinned ? length : 0) - (wasPinned ? known.length : 0);
  // With others, it is not the only holder; without, it was that already.
  if (others.length === 0) tally.soleBytes += length - known.length;
  tellOtherHolders(connection, others, {
    ...id,
    storedAt: tile.storedAt,
    storedBefore: known.storedAt,
    length,
    lengthBefore: known.length,
    hasJoined,
  });
  return others;
}

function join(
  connection: Connection,
  { source, number, store, evictAt }: TileId & { readonly store: number; readonly evictAt: number | null },
  hasJoined: boolean,
): void {
  if (!hasJoined) {
    connection
      .prepare(`UPDATE memberships SET evict_at = :evictAt WHERE ${THE_MEMBERSHIP}`)
      .run({ source, number, store, evictAt });
    return;
  }
  connection
    .prepare(`INSERT INTO memberships (store, tile, evict_at) VALUES (?, ${ROW_ID}, ?)`)
    .run(store, source, number, evictAt);
  connection.prepare(`UPDATE tiles SET holders = holders + 1 WHERE ${THE_TILE}`).run({ source, number });
}

/** Bytes come with details of their own: those of the old ones go. */
function replaceBytes(
  connection: Connection,
  id: TileId,
  tile: TileWrite,
  { blob, oldBlob, length }: { readonly blob: number; readonly oldBlob: number; readonly length: number },
): void {
  dropBlob(connection, oldBlob);
  connection
    .prepare(
      `UPDATE tiles SET blob = :blob, length = :length, stored_at = :storedAt, expires_at = :expiresAt, etag = :etag,
         last_modified = :lastModified, content_type = :contentType
       WHERE ${THE_TILE}`,
    )
    .run({ ...id, ...detailsOf(tile), blob, length });
}

/** Without bytes, details that are absent are kept. */
function refreshDetails(connection: Connection, id: TileId, tile: TileWrite): void {
  connection
    .prepare(
      `UPDATE tiles SET stored_at = :storedAt, expires_at = coalesce(:expiresAt, expires_at),
         etag = coalesce(:etag, etag), last_modified = coalesce(:lastModified, last_modified),
         content_type = coalesce(:contentType, content_type)
       WHERE ${THE_TILE}`,
    )
    .run({ ...id, ...detailsOf(tile) });
}

function detailsOf({ storedAt, expiresAt, etag, lastModified, contentType }: TileWrite) {
  return {
    storedAt,
    expiresAt: expiresAt ?? null,
    etag: textOrNull(etag),
    lastModified: textOrNull(lastModified),
    contentType: textOrNull(contentType),
  };
}
