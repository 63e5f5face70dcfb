import { sumsOf, TileCounter } from "../download/tile-counts.ts";
import type { DownloadRecord, RecordedProgress } from "../ports/download-record.ts";
import type { RecoverableState } from "./recovery.ts";
import type { RootContext } from "./root-context.ts";
import { isHeld } from "./take-lease.ts";

/** The number of tiles that have failed, for good or until the end. */
export function failuresOf({ counts }: RecordedProgress): number {
  const { failed, retryQueued } = sumsOf(new TileCounter(counts).counts());
  return failed + retryQueued;
}

/** What a record says, and who is at it. */
export async function stateOf(
  context: RootContext,
  { id, lease, progress }: DownloadRecord,
): Promise<RecoverableState> {
  const here = context.running.stateOf(id);
  const isOurs = lease === undefined || lease.owner === context.owner;
  if (here !== undefined && (here !== "paused" || isOurs)) return here === "paused" ? "paused" : "running-here";
  // Somebody else may have taken up what is paused here.
  if (await isHeld(context, lease)) return "running-elsewhere";
  // One that was killed when all was done, but for the removal of its record, has nothing to try again.
  if (progress.state === "completed" && failuresOf(progress) > 0) return "incomplete";
  return progress.state === "paused" ? "paused" : "failed";
}
