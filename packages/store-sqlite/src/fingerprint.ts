const SAMPLES = 128;

/**
 * A number that equal bytes have in common and others rarely do: of longer ones it looks at a sample. Whoever finds an
 * equal number compares the bytes.
 */
export function fingerprintOf(bytes: Uint8Array): number {
  const { length } = bytes;
  const step = Math.max(1, Math.floor(length / SAMPLES));
  let hash = 0x811c9dc5 ^ length;
  // From the end, where formats keep their checksums.
  for (let i = length - 1; i >= 0; i -= step) {
    hash = Math.imul(hash ^ (bytes[i] ?? 0), 0x01000193);
    hash ^= hash >>> 15;
  }
  return hash;
}
