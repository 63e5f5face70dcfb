/**
 * A number in [0, 1) that the words alone decide: FNV-1a, and MurmurHash3's finaliser to spread it. No state, so that
 * requests that overtake each other get the same one.
 */
export function fractionOf(...words: readonly (string | number)[]): number {
  const text = words.join("\n");
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}
