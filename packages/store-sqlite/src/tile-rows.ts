import type { TileInfo, TileKey } from "@fmtc/core";
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

/** Put together step by step, as spreads would take as long as the reading. */
export function tileInfo({ source, z, x, y }: TileKey, row: TileRow): TileInfo {
  const { length, storedAt, expiresAt, etag, lastModified, contentType } = row;
  const info: { -readonly [Field in keyof TileInfo]: TileInfo[Field] } = { source, z, x, y, storedAt, length };
  if (expiresAt !== null) info.expiresAt = expiresAt;
  if (etag !== null) info.etag = textOf(etag);
  if (lastModified !== null) info.lastModified = textOf(lastModified);
  if (contentType !== null) info.contentType = textOf(contentType);
  return info;
}
