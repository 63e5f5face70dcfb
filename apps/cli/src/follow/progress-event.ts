import type { Download, DownloadProgress, TileEvent } from "@fmtc/core";
import type { Snapshot } from "./snapshot.ts";

type Named = Pick<Download, "id" | "store">;

/** How far a download has come, for machines. */
export function progressEvent({ store }: Named, { progress, problem }: Snapshot): object {
  return { event: "progress", store, ...rounded(progress), problem };
}

/** A tile that has failed for good, for machines. */
export function failedEvent({ id, store }: Named, { z, x, y, reason, detail, attempts }: TileEvent): object {
  return { event: "failed", store, id, z, x, y, reason, detail, attempts };
}

/** The numbers of a progress, with no more digits than they are worth. */
export function rounded(progress: DownloadProgress): DownloadProgress {
  const { percentage, elapsedMs, tilesPerSecond, etaMs } = progress;
  return {
    ...progress,
    percentage: Math.floor(percentage * 100) / 100,
    elapsedMs: Math.round(elapsedMs),
    tilesPerSecond: Math.round(tilesPerSecond * 10) / 10,
    etaMs: etaMs === undefined ? undefined : Math.round(etaMs),
  };
}
