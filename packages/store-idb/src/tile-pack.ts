/**
 * The bytes of tiles of one block that were written together, by their numbers and in their order. IndexedDB asks much the
 * same for a long record as for a short one. A pack has no bytes that are not some tile's: it is never added to, and when
 * one of its tiles goes or changes, the others are packed anew.
 */
export type TilePack = ReadonlyMap<number, ArrayBuffer>;
