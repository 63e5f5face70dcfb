import type { MapService } from "./map-service.ts";

export interface Sources {
  /** Those that the store has tiles of, and those that are read through. */
  readonly all: readonly string[];
  /** That of the addresses that name none: the only one; else the only one that is not read through, which had them before. */
  readonly short: string | undefined;
}

/** The sources that a store can give tiles of. */
export async function sourcesOf({ contents, readThrough }: MapService, store: string): Promise<Sources> {
  const stored = await contents.sources(store);
  const all = [...new Set([...stored, ...(readThrough?.sources.keys() ?? [])])];
  const others = all.length === 1 ? all : all.filter((source) => readThrough?.sources.has(source) !== true);
  return { all, short: others.length === 1 ? others[0] : undefined };
}
