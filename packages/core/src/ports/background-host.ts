import type { DownloadableRegion } from "../region/downloadable.ts";
import type { Download } from "./download.ts";
import type { DownloadOptions } from "./download-options.ts";

/** Runs downloads where they go on when the app is gone, with an engine of its own on the same database. */
export interface BackgroundHost {
  /** Starts a download. Resolves when the host has it; from then on the app may end. */
  readonly start: (request: BackgroundRequest) => Promise<Download>;
  /** What it is downloading, so that an app which has come back can look on. */
  readonly list: () => Promise<readonly Download[]>;
}

export interface BackgroundRequest {
  readonly store: string;
  readonly region: DownloadableRegion;
  readonly options: DownloadOptions;
}
