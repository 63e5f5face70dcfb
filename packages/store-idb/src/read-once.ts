import type { ReadTransaction, TileSchema } from "./schema.ts";

/** Reads records by source and number, each once, however often it is asked for: neighbours mostly share theirs. */
export function readOnce<Name extends "blocks" | "packs">(
  tx: ReadTransaction,
  name: Name,
): (source: string, number: number) => Promise<TileSchema[Name]["value"] | undefined> {
  const reads = new Map<string, Promise<TileSchema[Name]["value"] | undefined>>();
  return (source, number) => {
    const key = `${number} ${source}`;
    const known = reads.get(key);
    if (known !== undefined) return known;
    const read = tx.objectStore(name).get([source, number]);
    reads.set(key, read);
    return read;
  };
}
