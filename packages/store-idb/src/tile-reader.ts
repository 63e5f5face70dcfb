import { StoreCorruptError, type StoredTile, type TileInfo } from "@fmtc/core";
import type { NumberedPack } from "./nearest-pack.ts";
import { readOnce } from "./read-once.ts";
import type { ReadTransaction } from "./schema.ts";
import { infoOf, type TileEntry } from "./tile-block.ts";

/** `near` is a pack that has been asked for already, and may be the one. */
export type TileReader = (
  source: string,
  entry: TileEntry,
  near?: Promise<NumberedPack | undefined>,
) => Promise<StoredTile>;

/**
 * Reads tiles with their bytes.
 *
 * @throws StoreCorruptError if the bytes are not there, or not as long as they were.
 */
export function tileReader(tx: ReadTransaction): TileReader {
  const packOnce = readOnce(tx, "packs");
  return async (source, entry, near) => {
    const guess = await near?.catch(() => undefined);
    const pack = guess?.number === entry.pack ? guess.pack : await packOnce(source, entry.pack);
    return withBytes(infoOf(source, entry), pack?.get(entry.number));
  };
}

function withBytes(info: TileInfo, buffer: ArrayBuffer | undefined): StoredTile {
  // A copy, as two may have asked for the same tile, and what one of them does to it is not the other's.
  if (buffer?.byteLength === info.length) return { ...info, bytes: new Uint8Array(buffer.slice()) };
  const { source, z, x, y, length } = info;
  const found = buffer === undefined ? "are not there" : `are ${buffer.byteLength}, but should be ${length}`;
  throw new StoreCorruptError(
    `The bytes of tile ${z}/${x}/${y} of source ${JSON.stringify(source)} ${found}. Remove the tile and download it again.`,
  );
}
