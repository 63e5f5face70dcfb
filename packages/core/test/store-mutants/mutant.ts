import type { TileKey, TileStore } from "@fmtc/core";
import type { MemoryDatabase } from "@fmtc/core/testing";

/** A store that breaks one promise, and the scenario that has to notice it. */
export interface StoreMutant {
  readonly what: string;
  readonly caughtBy: string;
  readonly breaks: (store: TileStore, database: MemoryDatabase) => TileStore;
}

type Group = "stores" | "metadata" | "tiles" | "downloads";

/** A store of which some functions of a group are others. */
export function withOther<G extends Group>(store: TileStore, group: G, functions: Partial<TileStore[G]>): TileStore {
  return { ...store, [group]: { ...store[group], ...functions } };
}

export type MemoryTile = ReturnType<MemoryDatabase["tiles"]["get"]> & object;

/** What a memory database holds of a tile. */
export function innerTile({ tiles }: MemoryDatabase, key: TileKey): MemoryTile | undefined {
  return [...tiles.values()].find(({ info }) => isSame(info, key));
}

export function isSame(a: TileKey, b: TileKey): boolean {
  return a.source === b.source && a.z === b.z && a.x === b.x && a.y === b.y;
}

export async function listOf<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}
