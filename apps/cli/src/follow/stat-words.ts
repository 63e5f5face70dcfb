import { formatBytes } from "../output/format-bytes.ts";
import { formatCount } from "../output/format-count.ts";
import { formatDuration } from "../output/format-duration.ts";
import { formatRate } from "../output/format-rate.ts";
import type { Snapshot } from "./snapshot.ts";

/** A time left that is told earlier is a guess. */
const SURE_MS = 2_000;

/** The numbers of a download: tiles, and while it runs also how fast and how much longer, and the bytes that came. */
export function statWords({ progress, tally }: Snapshot): readonly string[] {
  const { state, elapsedMs, storedBytes, skippedBytes, failedBytes } = progress;
  const { done, total, perSecond, leftMs } = tally;
  const bytes = storedBytes + skippedBytes + failedBytes;
  const words = [`${formatCount(done)} of ${formatCount(total)}`];
  if (state === "running" && perSecond > 0) {
    words.push(formatRate(perSecond));
    if (leftMs !== undefined && done < total && elapsedMs >= SURE_MS) words.push(`${formatDuration(leftMs)} left`);
  }
  return bytes > 0 ? [...words, formatBytes(bytes)] : words;
}

/** `42.3 %`. Never more than it is: 100 only when all is done. */
export function percentWords({ tally: { done, total } }: Snapshot): string {
  const tenths = total === 0 ? 1000 : Math.floor((done / total) * 1000);
  return `${(tenths / 10).toFixed(1)} %`;
}
