import type { TileCoord } from "../cover/tile-coord.ts";

/** What became of one attempt at a tile. There is one for each attempt, so a tile that is tried again has several. */
export interface TileEvent extends TileCoord {
  /** Its place in the cover, counted from 0. */
  readonly index: number;
  readonly outcome: TileOutcome;
  /** Why it was skipped, postponed or has failed. */
  readonly reason?: SkipReason | FailReason | undefined;
  /** What there is to say beyond the reason, such as a status. */
  readonly detail?: string | undefined;
  /** Whether the database had it before, so that a new one is a change, and one that is no more has gone. */
  readonly wasThere: boolean;
  /** The length of the body that came. */
  readonly bytes: number;
  /** How often it has been asked for, this time included; 0 if it never was. */
  readonly attempts: number;
}

/**
 * - `stored`: it goes into the store with the next commit
 * - `skipped`, `failed`: it does not, and that is final
 * - `postponed`: it has failed for now, and is tried once more at the end
 * - `retrying`: it is tried again in a moment
 */
export type TileOutcome = "stored" | "skipped" | "failed" | "postponed" | "retrying";

/**
 * - `existing`: the database has it, so it was not asked for; the store holds it from now on, pinned
 * - `sea`: it is the source's sea tile, or lies within one
 * - `unmodified`: the server says that the tile in the store is still good
 * - `empty`: the server has nothing to show there
 */
export type SkipReason = "existing" | "sea" | "unmodified" | "empty";

/**
 * - `negative`: the server has no such tile, or not for us
 * - `request`: there was no answer, or one that it may come later
 * - `invalid`: the answer was no tile
 */
export type FailReason = "negative" | "request" | "invalid";
