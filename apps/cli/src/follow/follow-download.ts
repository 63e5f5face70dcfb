import { styleText } from "node:util";
import type { Download } from "@fmtc/core";
import { exhaustMap, filter, map, merge, take, tap } from "rxjs";
import type { ExitCode } from "../exit-code.ts";
import { oneLine } from "../output/one-line.ts";
import type { Output } from "../output/output.ts";
import { fitText } from "../output/text-width.ts";
import { concludeDownload } from "./conclusion.ts";
import { exitCodeOf } from "./exit-code-of.ts";
import type { Interrupts } from "./interrupts.ts";
import { failedEvent } from "./progress-event.ts";
import { showDownload } from "./show-download.ts";
import { watchDownload } from "./watch-download.ts";

const SHORTEST_TITLE = 20;

export interface FollowOptions {
  readonly output: Output;
  readonly interrupts: Pick<Interrupts, "first$">;
  /** What is going on, such as `hiking: topo, zooms 8-14`. */
  readonly title: string;
  /** The command that goes on with it after a pause; undefined if it keeps no record. */
  readonly resumeCommand: string | undefined;
  /** Whether it asks again for what has failed, and for nothing else. Default: `missing`. */
  readonly which?: "missing" | "failed" | undefined;
}

/**
 * Shows a download until it is over, or until it has been paused: because of an interrupt, or because what is said does not
 * arrive any more. Says how it has ended, and rejects as `done` does.
 *
 * The rest of this folder is parts of it. `watchDownload` turns the download's events into `Snapshot`s, and `showDownload`
 * shows these: as `liveLines` at a terminal, as a `plainLine` now and then in a log, or as a `progressEvent` to machines;
 * the `…-words` files say parts of them. `concludeDownload` and the `…Summary` functions say how it has ended. `createInterrupts`
 * listens for Ctrl-C.
 */
export async function followDownload(download: Download, options: FollowOptions): Promise<ExitCode> {
  const { output, interrupts, title, resumeCommand, which = "missing" } = options;
  let stopped: ExitCode | undefined;
  const stop$ = merge(interrupts.first$.pipe(map(exitCodeOf)), output.lost$);
  /** Waits for who reads, as what has failed would pile up in memory. */
  const catchUp = async () => {
    await download.pause();
    await output.drained();
    if (stopped === undefined) await download.resume();
  };

  output.note(titleLine(title, output));
  const watched = watchDownload(download, which);
  const showing = showDownload(download, watched, output);
  const tellFailures$ = watched.failed$.pipe(
    tap((event) => output.event(failedEvent(download, event))),
    filter(() => output.isBehind),
    exhaustMap(catchUp),
  );
  const broken = new Promise<never>((_, reject) => {
    showing.add(tellFailures$.subscribe({ error: reject }));
  });
  const stop = new Promise<void>((resolve) => {
    const stopping = stop$.pipe(take(1)).subscribe((code) => {
      stopped = code;
      resolve();
    });
    showing.add(stopping);
  });

  try {
    await Promise.race([download.done, broken, stop]);
    if (stopped !== undefined) {
      // With the lines goes what the terminal has written at Ctrl-C.
      output.live("");
      await download.pause();
      if (watched.isThrough()) await finish(download);
    }
  } finally {
    showing.unsubscribe();
    output.live("");
  }
  const { progress: last, tally } = watched.latest();
  const { examples } = watched;
  const isRefused = watched.isRefused();
  const summary = { which, first: watched.first(), last, tally, examples, isRefused, resumeCommand };
  const { text, event, exitCode } = concludeDownload(download, summary, stopped);
  output.result(text, event);
  return exitCode;
}

/** It was paused when all was done but for the end of its record. */
async function finish(download: Download): Promise<void> {
  await download.resume();
  await download.done;
}

function titleLine(title: string, { isLive, color, width }: Output): string {
  const hint = isLive ? " · Ctrl-C pauses" : "";
  const text = fitText(oneLine(title), Math.max(SHORTEST_TITLE, width - hint.length - 1));
  const paint = (format: "bold" | "gray", part: string) =>
    color ? styleText(format, part, { validateStream: false }) : part;
  return isLive ? `${paint("bold", text)}${paint("gray", hint)}` : text;
}
