import type { TileStore } from "@fmtc/core";

export interface SqliteStore extends TileStore {
  /**
   * Gives room that removals have left free back to the disk, all of it, a little at a time: reads and commits go on.
   * Returns by how many bytes the files have shrunk. Without it, the store gives back what it will not need soon.
   */
  readonly reclaim: () => Promise<{ readonly bytes: number }>;
}

export interface SqliteStoreOptions {
  /**
   * Whether a thread of its own writes, so that this one goes on meanwhile. Without it, each write makes this thread
   * wait, a few milliseconds for a batch of 200 tiles. Has no meaning in memory. Default: true.
   */
  readonly worker?: boolean | undefined;
  /** How long a write waits for other processes that write before it fails with a `StoreUnavailableError`. Default: 30 s. */
  readonly busyTimeoutMs?: number | undefined;
  /** The size beyond which the file does not grow: what does not fit fails with a `StoreFullError`. Default: none. */
  readonly maxFileBytes?: number | undefined;
  /**
   * When the whole file is checked while it is opened, which takes the time to read it: when a process with it has
   * crashed, always, or never. Default: "afterCrash".
   */
  readonly check?: "afterCrash" | "always" | "never" | undefined;
}
