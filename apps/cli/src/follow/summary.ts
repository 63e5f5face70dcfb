import type { DownloadProgress, FailReason, TileEvent } from "@fmtc/core";
import { formatBytes } from "../output/format-bytes.ts";
import { formatCount } from "../output/format-count.ts";
import { formatDuration } from "../output/format-duration.ts";
import { formatRate } from "../output/format-rate.ts";
import { table } from "../output/table.ts";
import { detailWords } from "./detail-words.ts";
import { FAILED, skippedWords } from "./outcome-words.ts";
import type { Tally } from "./tally.ts";

export interface SummaryOf {
  readonly which: "missing" | "failed";
  /** What there was when it was first looked at. */
  readonly first: DownloadProgress;
  readonly last: DownloadProgress;
  readonly tally: Tally;
  readonly examples: ReadonlyMap<FailReason, TileEvent>;
  /** Whether every tile that has failed did so as the server answers 401 or 403. */
  readonly isRefused: boolean;
  /** Undefined if it keeps no record. */
  readonly resumeCommand: string | undefined;
}

/** What to say of a download that is through. */
export function completedSummary(of: SummaryOf): string {
  const { which, last } = of;
  const lines = [which === "missing" ? downloaded(of) : retried(of), inStore(last)];
  if (last.max > 0 && last.skippedBy.sea === last.max) {
    lines.push("All of them show nothing but sea: is this the right map? --keep-sea stores them.");
  }
  if (last.failed > 0) lines.push(...failures(of));
  return lines.filter(Boolean).join("\n");
}

/** What to say of a download that was paused, for its user to know how it goes on. */
export function pausedSummary({ which, tally, resumeCommand }: SummaryOf): string {
  const tiles = `${formatCount(tally.done)} of ${formatCount(tally.total)} tiles`;
  if (resumeCommand === undefined) {
    return `Stopped after ${tiles}. There is no record of it; what was written stays, and the same command downloads the rest.`;
  }
  return `Paused after ${tiles}. To go on: ${which === "failed" ? retryCommand(resumeCommand) : resumeCommand}`;
}

/** What to say of one that somebody has cancelled. */
export function cancelledSummary({ tally: { done, total } }: SummaryOf): string {
  return `Cancelled after ${formatCount(done)} of ${formatCount(total)} tiles. What was written stays.`;
}

export function retryCommand(resumeCommand: string): string {
  return `${resumeCommand} --failed`;
}

/** How many tiles a second it has asked for this time, from its beginning to its end. */
export function averageSpeed({ which, first, last, tally }: SummaryOf): number {
  if (which === "failed") return tally.perSecond;
  const fetched = settledSince(first, last) - (last.skippedBy.existing - first.skippedBy.existing);
  return last.elapsedMs > 0 ? (fetched / last.elapsedMs) * 1000 : 0;
}

/** Tiles that have had their outcome this time. */
function settledSince(first: DownloadProgress, last: DownloadProgress): number {
  return last.attempted - last.retryQueued - (first.attempted - first.retryQueued);
}

function downloaded(of: SummaryOf): string {
  const { first, last } = of;
  const now = settledSince(first, last);
  const tiles = now === last.max ? tilesOf(last.max) : `${tilesOf(last.max)}, the last ${formatCount(now)} of them`;
  const perSecond = averageSpeed(of);
  const speed = perSecond > 0 ? `, ${formatRate(perSecond)}` : "";
  const how = last.failed === 0 ? "Complete" : "Done";
  return `${how}: ${tiles} in ${formatDuration(last.elapsedMs)}${speed}.`;
}

function retried({ tally, last }: SummaryOf): string {
  const settled = Math.max(0, tally.total - last.failed);
  const which =
    last.failed === 0 ? `all ${formatCount(tally.total)}` : `${formatCount(settled)} of ${formatCount(tally.total)}`;
  return `Asked again for what had failed: ${which} came this time, in ${formatDuration(last.elapsedMs)}.`;
}

function inStore(last: DownloadProgress): string {
  const { stored, storedBytes, changed, gone } = last;
  const parts = [
    stored > 0 && `${formatCount(stored)} stored, ${formatBytes(storedBytes)}`,
    changed > 0 && `${formatCount(changed)} of them changed`,
    ...skippedWords(last),
    gone > 0 && `${formatCount(gone)} kept that the server has no more`,
  ];
  return parts.filter(Boolean).join(" · ");
}

function failures({ last, examples, isRefused, resumeCommand }: SummaryOf): readonly string[] {
  const reasons = Object.keys(FAILED) as FailReason[];
  const rows = reasons
    .filter((reason) => last.failedBy[reason] > 0)
    .map((reason) => [formatCount(last.failedBy[reason]), FAILED[reason], example(examples.get(reason))]);
  const again = resumeCommand === undefined ? "run the same command" : retryCommand(resumeCommand);
  return [
    `${tilesOf(last.failed)} failed:`,
    table(rows).replace(/^/gm, "  "),
    ...(isRefused ? ["The server refuses: does it want a key (--param, --header)?"] : []),
    `To ask for ${last.failed === 1 ? "it" : "them"} again: ${again}`,
  ];
}

function example(event: TileEvent | undefined): string {
  if (event === undefined) return "";
  const { z, x, y, detail } = event;
  return `such as ${z}/${x}/${y}${detail === undefined ? "" : `: ${detailWords(detail)}`}`;
}

function tilesOf(count: number): string {
  return count === 1 ? "1 tile" : `${formatCount(count)} tiles`;
}
