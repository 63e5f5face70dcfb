import type { MapService } from "./map-service.ts";

/** The sources that a store can give tiles of: those it has tiles of, and those that are read through. */
export async function sourcesOf({ contents, readThrough }: MapService, store: string): Promise<readonly string[]> {
  const stored = await contents.sources(store);
  return [...new Set([...stored, ...(readThrough?.sources.keys() ?? [])])];
}
