import type { TileStore } from "../ports/tile-store.ts";

/** How the suite gets at a kind of store. Each scenario opens a database of its own. */
export interface StoreHarness {
  /** An empty database, opened. */
  readonly open: () => Promise<TestDatabase>;
  /** What the kind of store can do beyond the port. Scenarios that need more are not run. */
  readonly supports: readonly Need[];
  /** Keys of scenarios that are known to fail, and why. They have to fail, so that a closed gap is noticed. */
  readonly knownGaps?: Readonly<Record<string, string>>;
}

/**
 * - `reopen`: what was stored is there when the database is opened again
 * - `connections`: several stores may be open on one database, as other processes or tabs do
 * - `shared-changes`: `changes$` tells of what other connections have changed
 * - `versions`: the database carries the version of its schema
 * - `presence`: it has `presence`
 */
export type Need = "reopen" | "connections" | "shared-changes" | "versions" | "presence";

export interface TestDatabase {
  readonly store: TileStore;
  /** Opens the same database once more: a second connection, or, after `store.close()`, a new beginning. */
  readonly connect: () => Promise<TileStore>;
  /** Makes the closed database look as if a newer version had written it. With `versions` only. */
  readonly makeNewer?: () => Promise<void>;
  /** Closes what was opened, closed already or not, and removes the database. */
  readonly cleanUp: () => Promise<void>;
}
