import type { Download, DownloadState } from "@fmtc/core";
import { filter, interval, map, merge, type Subscription } from "rxjs";
import type { Output } from "../output/output.ts";
import { holdUpKey } from "./hold-up-words.ts";
import { liveLines } from "./live-lines.ts";
import { paced } from "./paced.ts";
import { plainLine } from "./plain-line.ts";
import { progressEvent } from "./progress-event.ts";
import type { Snapshot } from "./snapshot.ts";
import type { WatchedDownload } from "./watch-download.ts";

const EVENT_MS = 1_000;
const LINE_MS = 10_000;
/** How it ended is for the summary to say. */
const OVER: readonly DownloadState[] = ["completed", "cancelled", "failed"];

/** Shows a download while it runs: live at a terminal, else as a line now and then, or to machines. */
export function showDownload(
  download: Download,
  { snapshots$, latest }: Pick<WatchedDownload, "snapshots$" | "latest">,
  output: Output,
): Subscription {
  if (output.mode === "json") {
    const running$ = snapshots$.pipe(filter(({ progress }) => !OVER.includes(progress.state)));
    const isNews = (next: Snapshot, last: Snapshot) => stateOf(next) !== stateOf(last);
    return running$.pipe(paced(EVENT_MS, isNews)).subscribe((snapshot) => {
      output.event(progressEvent(download, snapshot));
    });
  }
  const active$ = snapshots$.pipe(filter(isActive));
  if (output.isLive) {
    // That nothing comes is to be seen too.
    const seconds$ = interval(1_000).pipe(map(latest), filter(isActive));
    return merge(active$, seconds$).subscribe((snapshot) => output.live(liveLines(snapshot, output)));
  }
  // That it goes on again can wait for the next line: a server may ask to be left alone twice a second.
  const isNews = (next: Snapshot, last: Snapshot) =>
    holdUpKey(next) !== undefined && holdUpKey(next) !== holdUpKey(last);
  return active$.pipe(paced(LINE_MS, isNews)).subscribe((snapshot) => output.note(plainLine(snapshot)));
}

function isActive({ progress: { state } }: Snapshot): boolean {
  return state !== "paused" && !OVER.includes(state);
}

function stateOf({ progress: { state, waiting } }: Snapshot): string {
  return `${state} ${waiting?.reason}`;
}
