/** What there is to choose about a download. All of it is plain data, and is kept with its record. */
export interface DownloadOptions {
  /** A name of its own among all downloads. Default: one by chance. */
  readonly id?: string | undefined;
  /** How many tiles are asked for at a time. A transport or the source's policy may allow fewer. Default: 5. */
  readonly parallel?: number | undefined;
  /** How much is gathered before it is written, and so may be fetched again after a crash: tiles, or also bytes. Default: 200 tiles, 16 MB. */
  readonly buffer?: number | { readonly tiles?: number | undefined; readonly bytes?: number | undefined } | undefined;
  /** The most requests a second, over all lanes. Default: as many as the server bears and its policy allows. */
  readonly rateLimit?: number | undefined;
  /** Whether tiles that the database has, in whichever store, join this store without a request. Default: true. */
  readonly skipExisting?: boolean | undefined;
  /**
   * Asks the server whether tiles that the database has are still good, which costs no bytes if they are: all of them, or
   * only the stale ones, and never one that the source's policy wants to be kept for longer. Default: false.
   */
  readonly update?: boolean | "stale" | undefined;
  /** Whether tiles that show nothing but sea are left out of the store. They are fetched, and count as skipped. Default: true. */
  readonly skipSea?: boolean | undefined;
  /**
   * Does not even ask for what lies within a sea tile of this zoom or deeper. It saves most requests at sea, and may miss
   * what a map shows only closer up: islets, reefs, ferries. 12 is a good choice, if any. Default: every tile is asked for.
   */
  readonly pruneSeaBelow?: number | undefined;
  /** How often a tile is tried again at once, with growing pauses, before it is left for the one more time at the end. Default: 2. */
  readonly retries?: number | undefined;
  /** A tile longer than this has failed. Default: 10,000,000. */
  readonly maxTileBytes?: number | undefined;
  /** The least time between two reports of progress; changes of state come at once. Default: 500. */
  readonly reportIntervalMs?: number | undefined;
  /** Whether a record is kept, so that the download can be continued after a crash. Default: true. */
  readonly recovery?: boolean | undefined;
  /** Starts even though the same region is being downloaded into the same store already. Default: false. */
  readonly allowDuplicate?: boolean | undefined;
}
