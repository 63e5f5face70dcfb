import { commitTiles } from "./commit-tiles.ts";
import type { Connection } from "./connection.ts";
import { evictOldest } from "./evict-oldest.ts";
import { findLatest } from "./latest-tile.ts";
import type { Outcome } from "./outcome.ts";
import { removeOlderThan, removeSpans, removeTiles } from "./remove-tiles.ts";
import { acquireDownload, putDownload, releaseDownload, removeDownload, renewDownload } from "./write-downloads.ts";
import { removeMetadata, resetMetadata, setMetadata } from "./write-metadata.ts";
import { createStore, deleteStore, recordUse, renameStore, resetStore, setLimits } from "./write-stores.ts";

/** All that writes, by name, so that a message to another thread can name it. Each runs within a transaction. */
export const JOBS = {
  commitTiles,
  createStore,
  deleteStore,
  renameStore,
  resetStore,
  setLimits,
  recordUse,
  setMetadata,
  removeMetadata,
  resetMetadata,
  findLatest,
  removeTiles,
  removeSpans,
  removeOlderThan,
  evictOldest,
  putDownload,
  removeDownload,
  acquireDownload,
  renewDownload,
  releaseDownload,
};

export type JobName = keyof typeof JOBS;

/** What a job is given besides the connection. */
export type JobArguments<Name extends JobName> =
  Parameters<(typeof JOBS)[Name]> extends [Connection, ...infer Rest] ? Rest : never;

export type JobValue<Name extends JobName> =
  ReturnType<(typeof JOBS)[Name]> extends Outcome<infer Value> ? Value : never;

/**
 * Jobs that may make the database larger for good, beside commits: a full disk has no room for them. The others remove, or
 * write in the place of what was there.
 */
export const GROWING_JOBS: ReadonlySet<JobName> = new Set<JobName>([
  "createStore",
  "renameStore",
  "setLimits",
  "setMetadata",
  "putDownload",
  "acquireDownload",
]);

/** Jobs that leave something to tidy up behind them. */
export const REMOVING_JOBS: ReadonlySet<JobName> = new Set<JobName>([
  "deleteStore",
  "resetStore",
  "removeTiles",
  "removeSpans",
  "removeOlderThan",
  "evictOldest",
]);
