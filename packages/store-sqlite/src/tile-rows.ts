import type { StoredTile, TileDetails, TileInfo, TileKey } from "@fmtc/core";
import { type TextValue, textOf } from "./text-value.ts";

/** What is selected of a tile `t` to list it. */
export const TILE_COLUMNS = `t.length, t.stored_at AS storedAt, t.expires_at AS expiresAt, t.etag,
  t.last_modified AS lastModified, t.content_type AS contentType`;

export type TileRow = {
  readonly length: number;
  readonly storedAt: number;
  readonly expiresAt: number | null;
  readonly etag: TextValue | null;
  readonly lastModified: TextValue | null;
  readonly contentType: TextValue | null;
};

export function tileInfo({ source, z, x, y }: TileKey, row: TileRow): TileInfo {
  return withDetails({ source, z, x, y, storedAt: row.storedAt, length: row.length }, row);
}

export function storedTile({ source, z, x, y }: TileKey, row: TileRow & Pick<StoredTile, "bytes">): StoredTile {
  return withDetails({ source, z, x, y, storedAt: row.storedAt, length: row.length, bytes: row.bytes }, row);
}

type Details = { -readonly [Field in keyof TileDetails]?: TileDetails[Field] | undefined };

/** Set one by one, as spreads would take as long as the reading. */
function withDetails<T extends Details>(tile: T, { expiresAt, etag, lastModified, contentType }: TileRow): T {
  if (expiresAt !== null) tile.expiresAt = expiresAt;
  if (etag !== null) tile.etag = textOf(etag);
  if (lastModified !== null) tile.lastModified = textOf(lastModified);
  if (contentType !== null) tile.contentType = textOf(contentType);
  return tile;
}
