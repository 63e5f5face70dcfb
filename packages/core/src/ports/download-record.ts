import type { DownloadableRegion } from "../region/downloadable.ts";

/** Plain data that survives JSON unchanged. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** All that is needed to continue a download elsewhere, later, after a crash. It holds no URL, no header and no key. */
export interface DownloadRecord {
  readonly id: string;
  /** The named store that it downloads into. It follows when the store is renamed. */
  readonly store: string;
  readonly createdAt: number;
  readonly region: DownloadableRegion;
  /** The number of tiles of the region's cover. */
  readonly total: number;
  /** The version of the cover's order: indices of a record of another version mean other tiles. */
  readonly coverOrder: number;
  /** The options it was started with, as its engine wrote them. */
  readonly options: { readonly [name: string]: Json };
  readonly progress: RecordedProgress;
  /** Absent: nobody has ever owned it. */
  readonly lease?: Lease | undefined;
}

/** How far a download had come at its last checkpoint. */
export interface RecordedProgress {
  /** What its engine meant to do; whether that engine is alive, the lease tells. */
  readonly state: "running" | "paused" | "completed";
  readonly updatedAt: number;
  /**
   * The places in the cover that are done with, stored, skipped or failed: pairs of a first and a last (not included),
   * ascending, that neither touch nor overlap.
   */
  readonly finished: readonly number[];
  /** Numbers that the engine keeps, such as tiles and bytes per outcome. */
  readonly counts: { readonly [name: string]: number };
}

/**
 * The right to write for a download. Whoever acquires it raises the epoch, and writes of an older epoch are refused:
 * that, and no clock, is what keeps two engines apart. The clock only tells how soon a silent owner is taken for dead.
 */
export interface Lease {
  /** Names the engine that holds it; unique per engine, as a random id is. */
  readonly owner: string;
  /** 1 for the first owner, and one more for each that follows. */
  readonly epoch: number;
  /** Until then the owner counts as alive: milliseconds since 1970. 0 once it is released. */
  readonly expiresAt: number;
}

/** A tile that could not be had, kept so that it can be tried again. */
export interface FailedTile {
  /** Its place in the cover, which identifies it among the failed tiles of its download. */
  readonly index: number;
  readonly z: number;
  readonly x: number;
  readonly y: number;
  /** A stable word for the kind of failure. */
  readonly reason: string;
  /** What there is to say beyond it, such as a status. */
  readonly detail?: string | undefined;
  readonly attempts: number;
  readonly failedAt: number;
}

/** What a commit says about its download. It replaces the record's progress and changes its failed tiles. */
export interface Checkpoint {
  readonly download: string;
  /** The epoch of the writer's lease. If another has raised it, the commit fails with a `LeaseLostError`. */
  readonly epoch: number;
  readonly progress: RecordedProgress;
  /** Tiles that have failed; one that had failed before is replaced. */
  readonly failed?: readonly FailedTile[] | undefined;
  /** Places of tiles that had failed and no longer have. One that is in `failed` too has failed. */
  readonly recovered?: readonly number[] | undefined;
  /** Renews the lease along with the commit. */
  readonly leaseExpiresAt?: number | undefined;
}
