import { isMarkedAsUntransferable } from "node:worker_threads";
import type { TileCommit, TileWrite } from "@fmtc/core";
import type { CopyBuffers } from "./copy-buffers.ts";

/**
 * A commit on its way to another thread. Its tiles are taken apart into columns, as to clone many objects, with the
 * names of all their fields, takes longer than to write them.
 */
export interface PackedCommit {
  readonly commit: Omit<TileCommit, "tiles">;
  readonly sources: readonly string[];
  /** For each tile z, x, y, storedAt, expiresAt (−1: none), and where its bytes begin and end (−1: not in `buffer`). */
  readonly numbers: Float64Array<ArrayBuffer>;
  readonly etags: readonly (string | undefined)[];
  readonly lastModified: readonly (string | undefined)[];
  readonly contentTypes: readonly (string | undefined)[];
  /** Bytes that are handed over as they are. */
  readonly own: readonly (Uint8Array | undefined)[];
  /** All others, one after the other. It goes back with the answer. */
  readonly buffer: ArrayBuffer;
}

const FIELDS = 7;
const NONE = -1;

/** To hand a buffer over takes about as long as to copy so many bytes: fewer are copied, though they may be taken. */
const LEAST_HANDED_OVER = 16_384;

/**
 * Packs a commit, and tells which buffers are to be transferred with it. The caller's bytes are copied at once, into a
 * buffer of `copies`.
 */
export function packCommit(
  { tiles, transfer = false, ...commit }: TileCommit,
  copies: CopyBuffers,
): {
  readonly packed: PackedCommit;
  readonly transferred: ArrayBuffer[];
} {
  const handedOver = new Set<ArrayBuffer>();
  const own = tiles.map(({ bytes }) => {
    const isLong = bytes !== undefined && bytes.length >= LEAST_HANDED_OVER;
    const whole = transfer && isLong ? wholeBuffer(bytes) : undefined;
    if (whole === undefined || handedOver.has(whole)) return undefined;
    handedOver.add(whole);
    return bytes;
  });

  const numbers = new Float64Array(FIELDS * tiles.length);
  let size = 0;
  tiles.forEach(({ z, x, y, storedAt, expiresAt = NONE, bytes }, i) => {
    const isCopied = bytes !== undefined && own[i] === undefined;
    const begin = size;
    if (isCopied) size += bytes.length;
    numbers.set([z, x, y, storedAt, expiresAt, isCopied ? begin : NONE, size], FIELDS * i);
  });

  const buffer = copies.take(size);
  const copied = new Uint8Array(buffer);
  tiles.forEach(({ bytes }, i) => {
    const begin = numbers[FIELDS * i + 5] ?? NONE;
    if (begin !== NONE && bytes !== undefined) copied.set(bytes, begin);
  });
  const packed: PackedCommit = {
    commit,
    sources: tiles.map(({ source }) => source),
    numbers,
    etags: tiles.map(({ etag }) => etag),
    lastModified: tiles.map(({ lastModified }) => lastModified),
    contentTypes: tiles.map(({ contentType }) => contentType),
    own,
    buffer,
  };
  return { packed, transferred: [numbers.buffer, buffer, ...handedOver] };
}

export function unpackCommit(packed: PackedCommit): TileCommit {
  const { commit, numbers, etags, lastModified, contentTypes, own, buffer } = packed;
  const tiles = packed.sources.map((source, i): TileWrite => {
    const field = (place: number): number => numbers[FIELDS * i + place] ?? NONE;
    const expiresAt = field(4);
    const begin = field(5);
    return {
      source,
      z: field(0),
      x: field(1),
      y: field(2),
      storedAt: field(3),
      expiresAt: expiresAt === NONE ? undefined : expiresAt,
      etag: etags[i],
      lastModified: lastModified[i],
      contentType: contentTypes[i],
      bytes: begin === NONE ? own[i] : new Uint8Array(buffer, begin, field(6) - begin),
    };
  });
  return { ...commit, tiles };
}

/**
 * The buffer of bytes that are all of it, and that can be transferred. Of a larger buffer, such as the pool of Node's
 * `Buffer`, others may own the rest.
 */
function wholeBuffer({ buffer, byteLength }: Uint8Array): ArrayBuffer | undefined {
  const isWhole = buffer instanceof ArrayBuffer && buffer.byteLength === byteLength;
  return isWhole && !isMarkedAsUntransferable(buffer) ? buffer : undefined;
}
