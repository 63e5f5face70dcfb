import type { RateLimit, Waiting } from "@fmtc/core";
import { formatCount } from "../output/format-count.ts";
import { formatDuration } from "../output/format-duration.ts";
import { formatRate } from "../output/format-rate.ts";
import { oneLine } from "../output/one-line.ts";
import { detailWords } from "./detail-words.ts";
import type { Snapshot } from "./snapshot.ts";

const BY: Readonly<Record<RateLimit["by"], string>> = {
  options: "by --rate",
  policy: "by the source's policy",
  server: "as the server refuses more",
};

/** A request may take its time. */
const SILENCE_MS = 10_000;

/** What keeps a download from being faster, and maybe what is behind that; nothing if nothing does. */
export function holdUpWords({ progress, now, silentMs, problem }: Snapshot): readonly string[] {
  const { state, waiting, limit, isRateLimited, retryQueued } = progress;
  if (state === "pausing") return ["Pausing: writing what has been fetched …"];
  if (state === "cancelling") return ["Cancelling: writing what has been fetched …"];
  if (waiting !== undefined) return waitingWords(waiting, now);
  if (state !== "running") return [];
  if (silentMs >= SILENCE_MS) return [`Nothing has come for ${formatDuration(silentMs)}`];
  // Else it stands with those that are queued.
  if (problem !== undefined && retryQueued === 0) return ["Tries again", detailWords(problem)];
  return isRateLimited && limit !== undefined ? [`Held to ${formatRate(limit.perSecond)} ${BY[limit.by]}`] : [];
}

function waitingWords({ reason, until, detail }: Waiting, now: number): readonly string[] {
  const time = clock(until, now);
  if (reason === "asked-to") return [`The server asks to be left alone until ${time}`];
  return [`Offline, tries again at ${time}`, ...(detail === undefined ? [] : [oneLine(detail)])];
}

/** A mistake that looks like being offline; nothing where there is no reason to think of one. */
export function doubtWords({ progress: { waiting }, isAnswered }: Snapshot): readonly string[] {
  return waiting?.reason === "offline" && !isAnswered ? ["No answer from the server yet: is the URL right?"] : [];
}

/** Tiles that are asked for once more at the end, and why: `27 to be tried again: the server answers 500`. */
export function againWords({ progress: { retryQueued }, problem }: Snapshot): readonly string[] {
  if (retryQueued === 0) return [];
  const why = problem === undefined ? "" : `: ${detailWords(problem)}`;
  return [`${formatCount(retryQueued)} to be tried again${why}`];
}

const TIME = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium" });
const DATE_AND_TIME = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short" });

/** A time of this day, or a date as well. */
function clock(time: number, now: number): string {
  const isToday = new Date(time).toDateString() === new Date(now).toDateString();
  return (isToday ? TIME : DATE_AND_TIME).format(time);
}

/** What keeps it, if that is worth a line of its own: one that waits or is being paused, not one that is merely slow. */
export function holdUpKey({ progress: { state, waiting } }: Snapshot): string | undefined {
  return waiting?.reason ?? (state === "running" ? undefined : state);
}
