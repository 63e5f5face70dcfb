import type { DownloadProgress, FailReason, SkipReason } from "@fmtc/core";
import { formatCount } from "../output/format-count.ts";

const SKIPPED: Readonly<Record<SkipReason, string>> = {
  existing: "already there",
  unmodified: "unchanged",
  sea: "sea",
  empty: "empty",
};

/** Why tiles have failed. */
export const FAILED: Readonly<Record<FailReason, string>> = {
  negative: "not available",
  request: "not answered",
  invalid: "not a tile",
};

/** What was not stored though nothing is wrong: `1,204 already there`, `311 sea`. */
export function skippedWords({ skippedBy }: Pick<DownloadProgress, "skippedBy">): readonly string[] {
  return counted(SKIPPED, skippedBy);
}

/** What has failed: `12 failed: 10 not available`, `2 not answered`; or `12 failed: not available`. None if nothing has. */
export function failedWords({ failed, failedBy }: Pick<DownloadProgress, "failed" | "failedBy">): readonly string[] {
  const all = `${formatCount(failed)} failed`;
  const [first, ...others] = reasonsOf(FAILED, failedBy);
  if (first === undefined) return [];
  if (others.length === 0) return [`${all}: ${FAILED[first]}`];
  const [firstWords = "", ...otherWords] = counted(FAILED, failedBy);
  return [`${all}: ${firstWords}`, ...otherWords];
}

function counted<R extends string>(
  words: Readonly<Record<R, string>>,
  counts: Readonly<Record<R, number>>,
): readonly string[] {
  return reasonsOf(words, counts).map((reason) => `${formatCount(counts[reason])} ${words[reason]}`);
}

function reasonsOf<R extends string>(
  words: Readonly<Record<R, string>>,
  counts: Readonly<Record<R, number>>,
): readonly R[] {
  return (Object.keys(words) as R[]).filter((reason) => counts[reason] > 0);
}
