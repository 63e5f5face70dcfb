/** What tiles are made of. */
export type TileFormat = "png" | "jpeg" | "webp" | "gif" | "avif" | "mvt" | "gzip";

/** The media type of a format, for servers that name none. */
export const MEDIA_TYPES: Readonly<Record<TileFormat, string>> = {
  png: "image/png",
  jpeg: "image/jpeg",
  webp: "image/webp",
  gif: "image/gif",
  avif: "image/avif",
  mvt: "application/vnd.mapbox-vector-tile",
  // Vector tiles as archives keep them.
  gzip: "application/vnd.mapbox-vector-tile",
};

/** The format of a tile by its own bytes, whatever its server calls it; undefined if these are no tile. */
export function formatOf(bytes: Uint8Array): TileFormat | undefined {
  if (startsWith(bytes, "\x89PNG\r\n\x1a\n")) return "png";
  if (startsWith(bytes, "\xff\xd8\xff")) return "jpeg";
  if (startsWith(bytes, "RIFF") && startsWith(bytes, "WEBP", 8)) return "webp";
  if (startsWith(bytes, "GIF8")) return "gif";
  if (startsWith(bytes, "ftypavi", 4)) return "avif";
  if (startsWith(bytes, "\x1f\x8b\x08")) return "gzip";
  return isVectorTile(bytes) ? "mvt" : undefined;
}

function startsWith(bytes: Uint8Array, text: string, from = 0): boolean {
  for (let i = 0; i < text.length; i++) if (bytes[from + i] !== text.charCodeAt(i)) return false;
  return true;
}

/** A vector tile has no magic number, but is a list of layers: field 3, each with its length, to the last byte. */
function isVectorTile(bytes: Uint8Array): boolean {
  const LAYER = (3 << 3) | 2;
  let at = 0;
  while (at < bytes.length) {
    if (bytes[at++] !== LAYER) return false;
    let length = 0;
    let shift = 1;
    let byte: number;
    do {
      byte = bytes[at++] ?? 0;
      length += (byte & 0x7f) * shift;
      shift *= 128;
    } while (byte >= 0x80);
    at += length;
  }
  return at === bytes.length && at > 0;
}
