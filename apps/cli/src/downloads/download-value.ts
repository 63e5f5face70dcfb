import type { RecoverableDownload } from "@fmtc/core";
import { type StateWord, stateWord } from "./state-word.ts";

/** A download on record, as `--json` shows it. */
export interface DownloadValue {
  readonly id: string;
  readonly store: string;
  readonly source: string;
  readonly state: StateWord;
  readonly max: number;
  readonly attempted: number;
  readonly failed: number;
  readonly minZoom: number;
  readonly maxZoom: number;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly updatedAt: string;
}

export function downloadValue(download: RecoverableDownload): DownloadValue {
  const { id, store, region, state, max, attempted, failed, createdAt, updatedAt } = download;
  return {
    id,
    store,
    source: region.source,
    state: stateWord(state),
    max,
    attempted,
    failed,
    minZoom: region.minZoom,
    maxZoom: region.maxZoom,
    createdAt: new Date(createdAt).toISOString(),
    updatedAt: new Date(updatedAt).toISOString(),
  };
}
