import type { DownloadProgress } from "../ports/download-progress.ts";

const MOST_WAITING = 16;

/** Progress that waits: of each state the latest. The oldest goes if there are too many. */
export function gatherProgress(
  waiting: readonly DownloadProgress[] = [],
  progress: DownloadProgress,
): readonly DownloadProgress[] {
  const kept = waiting.at(-1)?.state === progress.state ? waiting.slice(0, -1) : waiting;
  return [...kept, progress].slice(-MOST_WAITING);
}

/** The fields of a progress that are others than before; all of them if there was none before. */
export function changesOf(progress: DownloadProgress, before: DownloadProgress | undefined): Partial<DownloadProgress> {
  if (before === undefined) return progress;
  const earlier: Readonly<Record<string, unknown>> = { ...before };
  return Object.fromEntries(Object.entries(progress).filter(([name, value]) => !isSame(value, earlier[name])));
}

/** Of fields, which are values or flat objects of such. */
function isSame(a: unknown, b: unknown): boolean {
  return Object.is(a, b) || (typeof a === "object" && typeof b === "object" && JSON.stringify(a) === JSON.stringify(b));
}
