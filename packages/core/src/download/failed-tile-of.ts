import type { FailedTile } from "../ports/download-record.ts";
import type { Attempt } from "./attempt.ts";

/** The reason of a failed tile that is tried once more at the end. */
export const POSTPONED = "postponed";

/** What is kept of a tile that has failed, for good or for now; undefined of any other. */
export function failedTileOf({ event }: Attempt, failedAt: number): FailedTile | undefined {
  const { index, z, x, y, outcome, reason = "request", detail, attempts } = event;
  if (outcome !== "failed" && outcome !== "postponed") return undefined;
  return { index, z, x, y, reason: outcome === "postponed" ? POSTPONED : reason, detail, attempts, failedAt };
}
