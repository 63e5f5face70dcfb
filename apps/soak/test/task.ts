import type { DownloadableRegion, DownloadOptions, DownloadProgress } from "@fmtc/core";

/** What a child is to do: plain data. */
export interface Task {
  readonly database: string;
  /** Of the tile server. */
  readonly url: string;
  /** Continues the download if there is a record of it, else starts it; continues it only; or retries what has failed. */
  readonly what: "download" | "resume" | "retry";
  readonly id: string;
  readonly region: DownloadableRegion;
  readonly options?: DownloadOptions;
  readonly leaseMs?: number;
  /** Told that another has it, tries again when that one's lease has expired. */
  readonly patient?: boolean;
  /** How far its clock is ahead. */
  readonly clockErrorMs?: number;
}

/** What a child tells, line by line. */
export type Told =
  | { readonly told: "open" }
  | { readonly told: "running" }
  /** So many tiles of this run and those before are safe. */
  | { readonly told: "safe"; readonly tiles: number }
  | { readonly told: "done"; readonly progress: DownloadProgress }
  | { readonly told: "refused"; readonly code: string }
  | { readonly told: "failed"; readonly code: string };
