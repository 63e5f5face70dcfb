import { type TileKey, tileNumber } from "@fmtc/core";

/** The numbers of tiles, each once, by their sources. */
export function numbersBySource(keys: readonly TileKey[]): ReadonlyMap<string, ReadonlySet<number>> {
  const numbers = new Map<string, Set<number>>();
  for (const key of keys) {
    const known = numbers.get(key.source);
    if (known === undefined) numbers.set(key.source, new Set([tileNumber(key)]));
    else known.add(tileNumber(key));
  }
  return numbers;
}
