/** Bytes beyond this length are not looked up: they would cost more than they spare. See docs/schema.md. */
export const FINGERPRINT_MAX_BYTES = 3072;

const SAMPLES = 512;

/**
 * A number that equal bytes have in common and others rarely do, as whoever finds it compares the bytes. Longer ones are
 * sampled; undefined for those too long to look up.
 */
export function fingerprintOf(bytes: Uint8Array): number | undefined {
  const { length } = bytes;
  if (length > FINGERPRINT_MAX_BYTES) return undefined;
  const step = Math.max(1, Math.floor(length / SAMPLES));
  let hash = 0x811c9dc5 ^ length;
  // From the end, where formats keep their checksums.
  for (let i = length - 1; i >= 0; i -= step) {
    hash = Math.imul(hash ^ (bytes[i] ?? 0), 0x01000193);
    hash ^= hash >>> 15;
  }
  return hash;
}
