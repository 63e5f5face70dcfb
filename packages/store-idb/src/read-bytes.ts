import { StoreCorruptError, type StoredTile, type TileInfo, tileNumber } from "@fmtc/core";
import type { ReadTransaction } from "./schema.ts";

/** A tile with its bytes. @throws StoreCorruptError if they are not there, or not as long as they were. */
export async function readBytes(tx: ReadTransaction, info: TileInfo): Promise<StoredTile> {
  return withBytes(info, await tx.objectStore("bytes").get([info.source, tileNumber(info)]));
}

export function withBytes(info: TileInfo, buffer: ArrayBuffer | undefined): StoredTile {
  if (buffer?.byteLength === info.length) return { ...info, bytes: new Uint8Array(buffer) };
  const { source, z, x, y, length } = info;
  const found = buffer === undefined ? "are not there" : `are ${buffer.byteLength}, but should be ${length}`;
  throw new StoreCorruptError(
    `The bytes of tile ${z}/${x}/${y} of source ${JSON.stringify(source)} ${found}. Remove the tile and download it again.`,
  );
}
