import type { TileWrite } from "../ports/tile.ts";
import type { TileCommit } from "../ports/tile-commit.ts";
import type { Attempt } from "./attempt.ts";

/** What attempts have brought, as a commit has it. */
export function tilesOf(attempts: readonly Attempt[]): Pick<TileCommit, "tiles" | "pinned" | "transfer"> {
  const tiles: TileWrite[] = [];
  let areFetched = true;
  for (const { write } of attempts) {
    if (write === undefined) continue;
    tiles.push(write);
    areFetched &&= write.bytes !== undefined;
  }
  // If one that is only kept has vanished, the others are committed again, and need their bytes.
  return { tiles, pinned: true, transfer: areFetched };
}
