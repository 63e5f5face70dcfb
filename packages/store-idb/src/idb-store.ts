import type { TileStore } from "@fmtc/core";
import type { StorageEstimate } from "./site-storage.ts";

/** A `TileStore` in IndexedDB, with what the browser can tell and promise about it. */
export interface IdbStore extends TileStore {
  /** Whether there was no database of this name before it was opened. */
  readonly wasCreated: boolean;
  /**
   * Whether it was created although this site had one: the browser has evicted it to make room, or somebody has deleted
   * it. Browsers that evict localStorage along with it, and workers, cannot know: there it is false.
   */
  readonly wasLost: boolean;
  /**
   * Asks the browser not to evict what this site stores, and tells whether it has agreed. Some ask the user: call it when
   * he has just asked for a download. False in workers and in insecure contexts: call it in a page.
   */
  readonly persist: () => Promise<boolean>;
  /** Whether the browser has agreed before. */
  readonly persisted: () => Promise<boolean>;
  /** The room of this site. Undefined in insecure contexts, where the browser does not tell. */
  readonly estimate: () => Promise<StorageEstimate | undefined>;
}
