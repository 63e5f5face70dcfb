import type { RateLimit, Waiting } from "@fmtc/core";
import { formatDuration } from "../output/format-duration.ts";
import { formatRate } from "../output/format-rate.ts";
import { oneLine } from "../output/one-line.ts";
import type { Snapshot } from "./snapshot.ts";

const BY: Readonly<Record<RateLimit["by"], string>> = {
  options: "by --rate",
  policy: "by the source's policy",
  server: "as the server refuses more",
};

/** A request may take its time. */
const SILENCE_MS = 10_000;

/** What keeps a download from being faster, and maybe what is behind that; nothing if nothing does. */
export function holdUpWords({ progress, now, silentMs }: Snapshot): readonly string[] {
  const { state, waiting, limit, isRateLimited } = progress;
  if (state === "pausing") return ["Pausing: writing what has been fetched …"];
  if (state === "cancelling") return ["Cancelling: writing what has been fetched …"];
  if (waiting !== undefined) return waitingWords(waiting, now);
  if (state !== "running") return [];
  if (silentMs >= SILENCE_MS) return [`Nothing has come for ${formatDuration(silentMs)}`];
  return isRateLimited && limit !== undefined ? [`Held to ${formatRate(limit.perSecond)} ${BY[limit.by]}`] : [];
}

function waitingWords({ reason, until, detail }: Waiting, now: number): readonly string[] {
  const time = clock(until, now);
  if (reason === "asked-to") return [`The server asks to be left alone until ${time}`];
  return [`Offline, tries again at ${time}`, ...(detail === undefined ? [] : [oneLine(detail)])];
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
