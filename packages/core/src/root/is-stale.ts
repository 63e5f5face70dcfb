import type { TileInfo } from "../ports/tile.ts";

/** Whether a tile is worth asking for again, by what its server has said. */
export function isStale({ expiresAt }: TileInfo, now: number): boolean {
  return expiresAt !== undefined && expiresAt <= now;
}
