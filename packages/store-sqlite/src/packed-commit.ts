import { isMarkedAsUntransferable } from "node:worker_threads";
import type { TileCommit, TileWrite } from "@fmtc/core";

/** A commit on its way to another thread: bytes that could not be handed over as they are lie in one buffer together. */
export interface PackedCommit {
  readonly commit: Omit<TileCommit, "tiles">;
  readonly tiles: readonly TileWrite[];
  /** For each tile where its bytes begin and end in the buffer; a begin of −1 if the tile has its own, or none. */
  readonly places: Float64Array;
  readonly buffer: ArrayBuffer;
}

/** Packs a commit, and tells which buffers are to be transferred with it. The caller's bytes are copied at once. */
export function packCommit({ tiles, transfer = false, ...commit }: TileCommit): {
  readonly packed: PackedCommit;
  readonly transferred: ArrayBuffer[];
} {
  const handedOver = new Set<ArrayBuffer>();
  const places = new Float64Array(2 * tiles.length).fill(-1);
  let size = 0;
  tiles.forEach(({ bytes }, i) => {
    if (bytes === undefined) return;
    const own = transfer ? wholeBuffer(bytes) : undefined;
    if (own !== undefined && !handedOver.has(own)) {
      handedOver.add(own);
    } else {
      places[2 * i] = size;
      size += bytes.length;
      places[2 * i + 1] = size;
    }
  });

  const buffer = new ArrayBuffer(size);
  const copies = new Uint8Array(buffer);
  const packedTiles = tiles.map((tile, i) => {
    const begin = places[2 * i] ?? -1;
    if (begin < 0 || tile.bytes === undefined) return tile;
    copies.set(tile.bytes, begin);
    return { ...tile, bytes: undefined };
  });
  return { packed: { commit, tiles: packedTiles, places, buffer }, transferred: [buffer, ...handedOver] };
}

export function unpackCommit({ commit, tiles, places, buffer }: PackedCommit): TileCommit {
  return {
    ...commit,
    tiles: tiles.map((tile, i) => {
      const begin = places[2 * i] ?? -1;
      return begin < 0 ? tile : { ...tile, bytes: new Uint8Array(buffer, begin, (places[2 * i + 1] ?? 0) - begin) };
    }),
  };
}

/**
 * The buffer of bytes that are all of it, and that can be transferred. Of a larger buffer, such as the pool of Node's
 * `Buffer`, others may own the rest.
 */
function wholeBuffer({ buffer, byteLength }: Uint8Array): ArrayBuffer | undefined {
  const isWhole = buffer instanceof ArrayBuffer && buffer.byteLength === byteLength;
  return isWhole && !isMarkedAsUntransferable(buffer) ? buffer : undefined;
}
