import { type DownloadOptions, openRoot, type RootOptions, rectangle, toDownloadable } from "@fmtc/core";
import { openMemoryStore, type ScriptedTransportOptions, scriptedTransport } from "@fmtc/core/testing";
import { Subject } from "rxjs";
import { expect, vi } from "vitest";
import { type FollowOptions, followDownload } from "../../src/follow/follow-download.ts";
import { createOutput, type OutputOptions } from "../../src/output/create-output.ts";
import { atTerminal, fakeTerminal } from "../output/fake-terminal.ts";

const topo = { id: "topo", url: "https://tiles.example.org/{z}/{x}/{y}", seaTiles: [] };

/** 85 tiles. */
const world = toDownloadable(rectangle({ north: 85, south: -85, west: -180, east: 180 }), {
  minZoom: 0,
  maxZoom: 3,
  source: "topo",
});

/** A root on a memory store that has the store `hiking`. */
export async function openHiking(options: ScriptedTransportOptions & Partial<RootOptions> = {}) {
  const { answer, delayMs = 100, ...rootOptions } = options;
  const transport = scriptedTransport({ answer, delayMs });
  const root = await openRoot({ store: await openMemoryStore(), transport, sources: [topo], ...rootOptions });
  const hiking = root.store("hiking");
  await hiking.manage.create();
  const start = (downloadOptions: DownloadOptions = {}) => hiking.download.startForeground(world, downloadOptions);
  return { root, transport, start };
}

type Following = Partial<OutputOptions> & Partial<Pick<FollowOptions, "resumeCommand" | "which" | "title">>;

/** Follows a download, with what a terminal shows of it. */
export function follow(download: Parameters<typeof followDownload>[0], options: Following = {}) {
  const { resumeCommand, which, title = "hiking: 85 tiles of topo", ...streams } = options;
  const stdout = fakeTerminal();
  const stderr = fakeTerminal(atTerminal);
  const output = createOutput({ mode: "human", color: false, stdout, stderr, env: {}, ...streams });
  const interrupt$ = new Subject<NodeJS.Signals>();
  const interrupts = { first$: interrupt$ };
  const command = "resumeCommand" in options ? resumeCommand : "fmtc resume 1f3a";
  const code = followDownload(download, { output, interrupts, title, resumeCommand: command, which });
  return {
    code,
    interrupt: (signal: NodeJS.Signals) => interrupt$.next(signal),
    out: () => stdout.written(),
    events: () => eventsIn(stdout.written()),
    err: () => stderr.written(),
    screen: () => stderr.screen(),
  };
}

interface Event {
  readonly event: string;
  readonly [name: string]: unknown;
}

function eventsIn(text: string): readonly Event[] {
  const lines = text.split("\n").filter(Boolean);
  return lines.map((line) => JSON.parse(line) as Event);
}

/** Lets time pass until a promise is settled. */
export async function settled<T>(promise: Promise<T>): Promise<T> {
  let isSettled = false;
  const note = () => {
    isSettled = true;
  };
  promise.then(note, note);
  for (let i = 0; i < 10_000 && !isSettled; i++) await vi.advanceTimersByTimeAsync(100);
  expect(isSettled).toBe(true);
  return promise;
}
