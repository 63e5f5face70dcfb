import type { TileInfo, TileKey } from "../ports/tile.ts";
import type { Work } from "./work-list.ts";

/** Says of each tile what the database has of it. */
export type LookUp = (keys: readonly TileKey[]) => Promise<readonly (TileInfo | undefined)[]>;

/** The same works with what the database has of their tiles, if that is looked up at all. */
export async function withInfos(works: readonly Work[], lookUp: LookUp | undefined): Promise<readonly Work[]> {
  if (lookUp === undefined || works.length === 0) return works;
  const infos = await lookUp(works.map(({ key }) => key));
  return works.map((work, i) => ({ ...work, info: infos[i] }));
}
