/** What the operator of a tile server asks of those who use it. */
export interface TilePolicy {
  /** Whether tiles may be downloaded that nobody is looking at. */
  readonly bulk: "allowed" | "refused";
  /** The deepest zoom of a bulk download, where it is allowed. */
  readonly maxBulkZoom?: number | undefined;
  /** The greatest rate of a bulk download. */
  readonly tilesPerSecond?: number | undefined;
  /** The greatest number of requests at a time. */
  readonly connections?: number | undefined;
  /** How long a tile has to be kept before it may be asked for again, whatever its own expiry says. */
  readonly minCacheMs?: number | undefined;
  /** What has to be shown along with the tiles. */
  readonly attribution?: string | undefined;
  /** Whether requests have to name the application. */
  readonly userAgent?: "required" | undefined;
  /** Where the operator says so. */
  readonly url?: string | undefined;
}
