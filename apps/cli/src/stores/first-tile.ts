import type { TileInfo, TileKey, TileStore } from "@fmtc/core";

/** The first tile of a store in the order of keys: of a source, if one is given, and behind those of a zoom. It reads a page of tiles, not all. */
export async function firstTile(
  { tiles }: Pick<TileStore, "tiles">,
  store: string,
  { source, behind }: { readonly source?: string | undefined; readonly behind?: Pick<TileKey, "source" | "z"> } = {},
): Promise<TileInfo | undefined> {
  const after = behind && { source: behind.source, z: behind.z, x: 2 ** behind.z - 1, y: 2 ** behind.z - 1 };
  for await (const tile of tiles.scan({ stores: [store], source, after })) return tile;
  return undefined;
}
