import { verdictOf } from "@fmtc/core";

/** What is known of a tile's type. */
export interface TileType {
  /** A media type without parameters, in lower case; undefined if nothing tells. */
  readonly mediaType: string | undefined;
  /** Whether its bytes are compressed, as archives keep vector tiles. */
  readonly isGzip: boolean;
}

const VECTOR = ["pbf", "mvt"];

/** How addresses of tiles end, by their media type; the first is the usual one. */
const ENDINGS: Readonly<Record<string, readonly string[]>> = {
  "image/png": ["png"],
  "image/jpeg": ["jpg", "jpeg"],
  "image/jpg": ["jpg", "jpeg"],
  "image/webp": ["webp"],
  "image/gif": ["gif"],
  "image/avif": ["avif"],
  "application/vnd.mapbox-vector-tile": VECTOR,
  "application/vnd.mapbox-vector-tile+gzip": VECTOR,
  "application/x-protobuf": VECTOR,
};

/** By the bytes, as servers may err; else by what the server said. */
export function typeOf(bytes: Uint8Array<ArrayBuffer>, contentType: string | undefined): TileType {
  const verdict = verdictOf({ status: 200, headers: {}, body: bytes }, 0);
  const byBytes = verdict.kind === "tile" ? verdict.contentType : undefined;
  return { mediaType: byBytes ?? mediaTypeOf(contentType), isGzip: bytes[0] === 0x1f && bytes[1] === 0x8b };
}

/** Without parameters; undefined if it is none. */
export function mediaTypeOf(contentType: string | undefined): string | undefined {
  return /^\s*([\w.+-]+\/[\w.+-]+)\s*(;|$)/.exec(contentType ?? "")?.[1]?.toLowerCase();
}

/** None: it is of a type that is not known here, and so no ending is wrong. */
export function endingsOf(mediaType: string | undefined): readonly string[] {
  return mediaType !== undefined && Object.hasOwn(ENDINGS, mediaType) ? (ENDINGS[mediaType] ?? []) : [];
}
