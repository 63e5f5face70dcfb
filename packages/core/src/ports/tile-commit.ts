import type { Checkpoint } from "./download-record.ts";
import type { TileWrite } from "./tile.ts";

/** What is written in one transaction: all of it, or nothing. */
export interface TileCommit {
  /** The named store that the tiles join. */
  readonly store: string;
  /** If a tile is named twice, the later one stays. */
  readonly tiles: readonly TileWrite[];
  /**
   * Whether the tiles were asked for, as a bulk download does, and so are none of browse caching's to evict. A tile
   * that is pinned in a store stays pinned there, whatever is committed later. Default: false.
   */
  readonly pinned?: boolean | undefined;
  /**
   * Whether the store may take the bytes over, which spares a copy: do not use them again, as they may be empty from now
   * on, even if the commit fails. What is a part of a greater buffer is copied, so nothing else goes with it. Default:
   * false, and the bytes are left as they are.
   */
  readonly transfer?: boolean | undefined;
  /** How far the download that fetched the tiles has come. */
  readonly checkpoint?: Checkpoint | undefined;
}
