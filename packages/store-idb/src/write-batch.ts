import { type TileDetails, type TileKey, type TileWrite, tileNumber } from "@fmtc/core";
import { numbersBySource } from "./numbers-by-source.ts";

/** The tiles of a commit as they were when it was asked for, whatever its caller does to them later. */
export interface WriteBatch {
  /** In the order of the commit. */
  readonly tiles: readonly BatchTile[];
  /** The numbers of the tiles, by source. */
  readonly numbers: ReadonlyMap<string, ReadonlySet<number>>;
}

export interface BatchTile {
  readonly key: TileKey;
  readonly number: number;
  /** Without those that are undefined. */
  readonly details: TileDetails;
  /** The length of its bytes; undefined if it comes without. */
  readonly length: number | undefined;
  /** What is to be written. */
  readonly bytes: ArrayBuffer | undefined;
}

export function writeBatchOf(tiles: readonly TileWrite[], transfer: boolean): WriteBatch {
  const batch = tiles.map((tile): BatchTile => {
    const { source, z, x, y, bytes } = tile;
    return {
      key: { source, z, x, y },
      number: tileNumber(tile),
      details: detailsOf(tile),
      length: bytes?.length,
      bytes: bytes && bufferOf(bytes, transfer),
    };
  });
  return { tiles: batch, numbers: numbersBySource(tiles) };
}

/**
 * IndexedDB copies what it is given, so a buffer that may be taken over is given to it as it is, if there is nothing but
 * the tile in it. Otherwise the bytes are copied now, as their owner may change them before their turn comes.
 */
function bufferOf(bytes: Uint8Array, transfer: boolean): ArrayBuffer {
  const { buffer } = bytes;
  const isWhole = buffer instanceof ArrayBuffer && buffer.byteLength === bytes.length && bytes.length > 0;
  return transfer && isWhole ? buffer : new Uint8Array(bytes).buffer;
}

function detailsOf({ storedAt, expiresAt, etag, lastModified, contentType }: TileDetails): TileDetails {
  return {
    storedAt,
    ...(expiresAt === undefined ? {} : { expiresAt }),
    ...(etag === undefined ? {} : { etag }),
    ...(lastModified === undefined ? {} : { lastModified }),
    ...(contentType === undefined ? {} : { contentType }),
  };
}
