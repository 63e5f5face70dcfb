import type { Observable } from "rxjs";
import type { Download } from "../ports/download.ts";
import type { DownloadOptions } from "../ports/download-options.ts";
import type { Freed, StoreLimits, StoreStats } from "../ports/named-stores.ts";
import type { EvictOptions, RemoveOptions } from "../ports/stored-tiles.ts";
import type { StoredTile } from "../ports/tile.ts";
import type { DownloadableRegion } from "../region/downloadable.ts";
import type { StoreChanges } from "../store/watch-changes.ts";
import type { RegionAudit } from "./audit-region.ts";
import type { DownloadPlan, PlanOptions } from "./plan-download.ts";

/** A named store of a root. What it does fails with a `StoreNotFoundError` while there is none of this name, `create` and `delete` aside. */
export interface RootStore {
  readonly name: string;
  readonly manage: StoreManagement;
  /** Takes the same time however many tiles there are. */
  readonly stats: () => Promise<StoreStats>;
  /** Texts kept with the store. */
  readonly metadata: StoreTexts;
  readonly download: StoreDownloads;
  /** What changes in this store, gathered for a tenth of a second. */
  readonly changes$: Observable<StoreChanges>;
}

/** What can be done to a store as a whole. */
export interface StoreManagement {
  /** Creates the store; if it exists, does nothing, and leaves its limits as they are. */
  readonly create: (limits?: Partial<StoreLimits>) => Promise<void>;
  readonly exists: () => Promise<boolean>;
  /** Deletes the store with its metadata, its downloads and the tiles that no other store holds. */
  readonly delete: () => Promise<Freed>;
  /** Gives it another name, and returns the store of that name. Downloads into it that this root runs go on, except those without recovery. */
  readonly rename: (newName: string) => Promise<RootStore>;
  /** Takes all tiles and downloads out of it. */
  readonly reset: () => Promise<Freed>;
  readonly limits: () => Promise<StoreLimits>;
  readonly setLimits: (limits: Partial<StoreLimits>) => Promise<void>;
  /** The tile stored last. */
  readonly latestTile: () => Promise<StoredTile | undefined>;
  /** Takes out the tiles of a region. */
  readonly removeRegion: (region: DownloadableRegion, options?: RemoveOptions) => Promise<Freed>;
  /** Takes out the tiles that were stored before a time, in milliseconds since 1970. */
  readonly removeOlderThan: (time: number, options?: RemoveOptions) => Promise<Freed>;
  /** Takes out the oldest tiles until the limits are met: those given, else the store's. */
  readonly evictOldest: (options?: EvictOptions) => Promise<Freed>;
}

export interface StoreTexts {
  readonly read: () => Promise<Readonly<Record<string, string>>>;
  /** Sets one entry or many at once, and leaves the others. */
  readonly set: (entries: Readonly<Record<string, string>>) => Promise<void>;
  /** Removes an entry, and returns what it held. */
  readonly remove: (key: string) => Promise<string | undefined>;
  readonly reset: () => Promise<void>;
}

/** Bulk downloads into a store, and what there is to know before and after. */
export interface StoreDownloads {
  /**
   * Starts a download that goes on as long as the program does. It has begun when this returns; what goes wrong from then on,
   * rejects its `done`. It takes the place of those of the same region that were interrupted, or are paused elsewhere.
   *
   * @throws OptionError, RegionError, UnknownSourceError for what cannot be; TilePolicyError if the source's operator does not
   * allow it; DuplicateDownloadError if the same region is being downloaded into this store. Nothing has been asked for then.
   */
  readonly startForeground: (region: DownloadableRegion, options?: DownloadOptions) => Download;

  /**
   * Starts a download that goes on when the app is gone.
   *
   * @throws BackgroundUnavailableError if the root has no background host; and as `startForeground` does.
   */
  readonly startBackground: (region: DownloadableRegion, options?: DownloadOptions) => Promise<Download>;

  /** How many tiles there are to download. Makes no request. */
  readonly check: (region: DownloadableRegion) => Promise<number>;

  /** What a download would take, and whether it may and can be. Makes requests only for samples. */
  readonly plan: (region: DownloadableRegion, options?: PlanOptions) => Promise<DownloadPlan>;

  /** What the store has of a region. Makes no request. */
  readonly audit: (region: DownloadableRegion) => Promise<RegionAudit>;

  /**
   * Downloads what an audit finds missing, and asks for what it finds stale whether it has changed. Sea that was left out of the
   * store is missing, too, and asked for again.
   */
  readonly repair: (region: DownloadableRegion, options?: Omit<DownloadOptions, "update">) => Download;

  /**
   * Asks for everything that the database has of a region whether it has changed, and downloads what is missing. Its progress
   * tells them apart: `changed`, `skippedBy.unmodified`, `gone`.
   */
  readonly update: (region: DownloadableRegion, options?: Omit<DownloadOptions, "update">) => Download;

  /** Cancels the downloads into this store that this root runs. Resolves when it is so. */
  readonly cancel: () => Promise<void>;
}
