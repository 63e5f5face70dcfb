import { Writable } from "node:stream";
import { StoreFullError, TransportError } from "@fmtc/core";
import { openMemoryStore, statusResponse, tileResponse } from "@fmtc/core/testing";
import { of, throwError } from "rxjs";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { fakeTerminal } from "../output/fake-terminal.ts";
import { follow, openHiking, settled } from "./hiking-fixture.ts";

beforeEach(() => {
  vi.useFakeTimers({ now: new Date(2026, 10, 25, 15, 15, 0) });
});
afterEach(() => {
  vi.useRealTimers();
});

it("shows a bar until all is there, and then says so in two lines", async () => {
  const { start } = await openHiking();
  const { code, screen, out } = follow(start());
  expect(screen()).toEqual([
    "hiking: 85 tiles of topo · Ctrl-C pauses",
    expect.stringMatching(/^▕ +▏ {4}0\.0 % {3}0 of 85$/),
  ]);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(screen().at(-1)).toMatch(/^▕█.* 5\d\.\d % {2}\d\d of 85 {2}\d\d\/s · [.\d]+ kB$/);
  expect(await settled(code)).toBe(0);
  expect(screen()).toEqual(["hiking: 85 tiles of topo · Ctrl-C pauses"]);
  expect(out()).toMatch(/^Complete: 85 tiles in 2 s, [45]\d\/s\.\n85 stored, [.\d]+ kB\n$/);
});

it("says what has failed and why, gives examples and the command that asks again", async () => {
  const { start } = await openHiking({
    answer: ({ url }) => {
      if (url.endsWith("/3/0/0")) return statusResponse(404);
      if (url.endsWith("/3/0/1"))
        return { status: 200, headers: { "content-type": "text/html" }, body: new Uint8Array(9) };
      return url.endsWith("/2/1/1") ? statusResponse(500) : tileResponse(url);
    },
  });
  const { code, out } = follow(start());
  expect(await settled(code)).toBe(3);
  expect(out().split("\n").slice(1)).toEqual([
    expect.stringMatching(/^82 stored, /),
    "3 tiles failed:",
    "  1  not available  such as 3/0/0: the server answers 404",
    "  1  not answered   such as 2/1/1: the server answers 500",
    "  1  not a tile     such as 3/0/1: The body is neither an image nor a vector tile, but text/html.",
    "To ask for them again: fmtc resume 1f3a --failed",
    "",
  ]);
});

it.each([
  ["SIGINT", 130],
  ["SIGTERM", 143],
  ["SIGHUP", 129],
] as const)("pauses at %s, and says how it goes on", async (signal, exitCode) => {
  const { start, root, transport } = await openHiking();
  const download = start();
  const { code, interrupt, screen, out } = follow(download);
  await vi.advanceTimersByTimeAsync(250);
  interrupt(signal);
  await vi.advanceTimersByTimeAsync(0);
  expect(screen().at(-1)).toBe("Pausing: writing what has been fetched …");
  expect(await settled(code)).toBe(exitCode);
  expect(screen()).toEqual(["hiking: 85 tiles of topo · Ctrl-C pauses"]);
  expect(out()).toBe("Paused after 15 of 85 tiles. To go on: fmtc resume 1f3a\n");
  expect(transport.requests).toHaveLength(15);
  expect(await root.recovery.get(download.id)).toMatchObject({ state: "paused", attempted: 15 });
});

it("says that what was written stays, where there is no record", async () => {
  const { start, root } = await openHiking();
  const { code, interrupt, out } = follow(start({ recovery: false }), { resumeCommand: undefined });
  await vi.advanceTimersByTimeAsync(250);
  interrupt("SIGINT");
  expect(await settled(code)).toBe(130);
  expect(out()).toMatch(/^Stopped after 15 of 85 tiles\. There is no record of it; what was written stays/);
  expect((await root.store("hiking").stats()).length).toBe(15);
});

it("is complete if that happens while it is being paused", async () => {
  const { start } = await openHiking({ delayMs: 1_000 });
  const { code, interrupt, out } = follow(start({ parallel: 85 }));
  await vi.advanceTimersByTimeAsync(500);
  interrupt("SIGINT");
  expect(await settled(code)).toBe(0);
  expect(out()).toMatch(/^Complete: 85 tiles/);
});

it("tells the speed of this time alone when it goes on with a download", async () => {
  const { start, root } = await openHiking();
  const download = start();
  const first = follow(download);
  await vi.advanceTimersByTimeAsync(250);
  first.interrupt("SIGINT");
  await settled(first.code);
  await vi.advanceTimersByTimeAsync(3_600_000);
  await download.resume();
  const { code, out } = follow(download);
  expect(await settled(code)).toBe(0);
  expect(out()).toMatch(/^Complete: 85 tiles, the last 70 of them in 2 s, /);
  await root.close();
});

it("counts the tiles that had failed, when it asks for them again", async () => {
  const { start, root } = await openHiking({
    answer: ({ url }, nth) =>
      url.includes("/3/1/") && (nth === 1 || url.endsWith("7")) ? statusResponse(404) : tileResponse(url),
  });
  const download = start();
  await settled(download.done);
  const again = await root.recovery.retryFailed(download.id);
  const { code, screen, out } = follow(again, { which: "failed" });
  expect(screen()[1]).toMatch(/ 0\.0 % +0 of 8 {2}[.\d]+ kB$/);
  expect(await settled(code)).toBe(3);
  expect(out().split("\n")).toEqual([
    "Asked again for what had failed: 7 of 8 came this time, in less than 1 s.",
    expect.stringMatching(/^84 stored, /),
    "1 tile failed:",
    "  1  not available  such as 3/1/7: the server answers 404",
    "To ask for it again: fmtc resume 1f3a --failed",
    "",
  ]);
});

it("rejects as the download does, with the lines taken away", async () => {
  const store = await openMemoryStore();
  const full = { ...store, commit: () => Promise.reject(new StoreFullError("disk")) };
  const { start } = await openHiking({ store: full });
  const { code, screen, out } = follow(start());
  await expect(settled(code)).rejects.toThrow(StoreFullError);
  expect(screen()).toEqual(["hiking: 85 tiles of topo · Ctrl-C pauses"]);
  expect(out()).toBe("");
});

it("rejects if it fails while it is being paused", async () => {
  const store = await openMemoryStore();
  const full = { ...store, commit: () => Promise.reject(new StoreFullError("disk")) };
  const { start } = await openHiking({ store: full });
  const { code, interrupt, screen } = follow(start());
  await vi.advanceTimersByTimeAsync(250);
  interrupt("SIGINT");
  await expect(settled(code)).rejects.toThrow(StoreFullError);
  expect(screen()).toEqual(["hiking: 85 tiles of topo · Ctrl-C pauses"]);
});

it("says what it waits for, and when nothing comes", async () => {
  const offline = new TransportError("connect", "connect ECONNREFUSED 127.0.0.1:80");
  const { start } = await openHiking({ answer: () => throwError(() => offline) });
  const { screen } = follow(start());
  await vi.advanceTimersByTimeAsync(500);
  expect(screen().slice(-2)).toEqual([
    "Offline, tries again at 15:15:01: connect ECONNREFUSED 127.0.0.1:80",
    "No answer from the server yet: is the URL right?",
  ]);

  const silent = await openHiking({ delayMs: 60_000 });
  const waiting = follow(silent.start());
  await vi.advanceTimersByTimeAsync(9_000);
  expect(waiting.screen()).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(3_000);
  expect(waiting.screen().at(-1)).toBe("Nothing has come for 12 s");
});

it("prints a line every ten seconds, and each change that matters, where nobody looks", async () => {
  let isBusy = false;
  const { start } = await openHiking({
    delayMs: 2_000,
    answer: ({ url }) => {
      if (!isBusy) return tileResponse(url);
      isBusy = false;
      return statusResponse(429, { "retry-after": "3" });
    },
  });
  const log = fakeTerminal();
  const { code, interrupt } = follow(start({ parallel: 2 }), { stderr: log });
  const lines = () => log.written().trimEnd().split("\n");
  expect(lines()).toEqual(["hiking: 85 tiles of topo", "0.0 % · 0 of 85"]);
  await vi.advanceTimersByTimeAsync(9_900);
  expect(lines()).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(25_000);
  expect(lines()).toHaveLength(5);
  for (const line of lines().slice(2))
    expect(line).toMatch(/^\d+\.\d % · \d+ of 85 · \d(\.\d)?\/s · .+ left · [.\d]+ k?B$/);
  isBusy = true;
  await vi.advanceTimersByTimeAsync(4_500);
  expect(lines()).toHaveLength(6);
  expect(lines()[5]).toMatch(/ · The server asks to be left alone until 15:15:\d\d$/);
  interrupt("SIGTERM");
  await vi.advanceTimersByTimeAsync(0);
  expect(lines()).toHaveLength(7);
  expect(lines()[6]).toMatch(/ · Pausing: writing what has been fetched …$/);
  expect(await settled(code)).toBe(143);
  expect(lines()).toHaveLength(7);
});

it("says why nothing comes: at a terminal, in a log, and to machines", async () => {
  const broken = { answer: () => statusResponse(500) };
  const live = follow((await openHiking(broken)).start());
  const log = fakeTerminal();
  const logged = follow((await openHiking(broken)).start(), { stderr: log });
  const told = follow((await openHiking(broken)).start(), { mode: "json" });
  await vi.advanceTimersByTimeAsync(500);
  expect(live.screen().at(-1)).toBe("Tries again: the server answers 500");
  await vi.advanceTimersByTimeAsync(20_000);
  expect(live.screen().at(-1)).toMatch(/^\d+ to be tried again: the server answers 500$/);
  expect(log.written()).toMatch(/^0\.0 % · 0 of 85 · \d+ to be tried again: the server answers 500$/m);
  expect(told.events().at(-1)).toMatchObject({ event: "progress", state: "running", problem: "status 500" });
  for (const { interrupt, code } of [live, logged, told]) {
    interrupt("SIGINT");
    expect(await settled(code)).toBe(130);
  }
});

it("does not doubt the URL of a server that has answered before", async () => {
  let isOnline = true;
  const { start } = await openHiking({
    answer: ({ url }) =>
      isOnline ? tileResponse(url) : throwError(() => new TransportError("connect", "connect ECONNREFUSED")),
  });
  const { code, screen, interrupt } = follow(start());
  await vi.advanceTimersByTimeAsync(350);
  isOnline = false;
  await vi.advanceTimersByTimeAsync(500);
  expect(screen().at(-1)).toMatch(/^Offline, tries again/);
  interrupt("SIGINT");
  expect(await settled(code)).toBe(130);
});

it.each([
  ["each tile is refused", 401, 403, true],
  ["some are just not there", 401, 404, false],
] as const)("asks whether the server wants a key if %s", async (_, one, other, isAsked) => {
  const { start } = await openHiking({ answer: ({ url }) => statusResponse(url.endsWith("/0") ? one : other) });
  const { code, out } = follow(start());
  expect(await settled(code)).toBe(3);
  expect(out().includes("The server refuses: does it want a key (--param, --header)?")).toBe(isAsked);
});

it("tells machines at its end how fast it was on the whole", async () => {
  const { start } = await openHiking();
  const { code, events } = follow(start(), { mode: "json" });
  await settled(code);
  const done = events().at(-1);
  expect(done?.tilesPerSecond).toBe(Math.round((85 / Number(done?.elapsedMs)) * 10_000) / 10);
});

it.each([
  ["a terminal", {}, /^h ix+… · Ctrl-C pauses$/, 119],
  ["a log", { stderr: fakeTerminal() }, /^h ix+…$/, 79],
] as const)("cuts a title that is very long, for %s", async (_, streams, line, width) => {
  const { start } = await openHiking();
  const { code, err, interrupt } = follow(start(), { title: `h\u0007i${"x".repeat(3_000)}`, ...streams });
  const written = "stderr" in streams ? streams.stderr.written() : err();
  const [title = ""] = written.split("\n");
  expect(title).toMatch(line);
  expect(title).toHaveLength(width);
  interrupt("SIGINT");
  await settled(code);
});

it("pauses, says why, and how it goes on, when a full disk takes no more of what it tells machines", async () => {
  const { start, root } = await openHiking({ delayMs: 1_000 });
  let writes = 0;
  const stdout = new Writable({
    write: (_part, _encoding, done) => {
      writes += 1;
      done(writes > 2 ? Object.assign(new Error("write ENOSPC"), { code: "ENOSPC" }) : null);
    },
  });
  const download = start();
  const { code, err } = follow(download, { mode: "json", stdout });
  expect(await settled(code)).toBe(1);
  expect(await root.recovery.get(download.id)).toMatchObject({ state: "paused" });
  expect(err()).toMatch(
    /^Standard output cannot be written: the disk is full\.\nPaused after \d+ of 85 tiles\. To go on: fmtc resume 1f3a\n$/,
  );
});

it("says nothing but errors when quiet", async () => {
  const { start } = await openHiking({ answer: () => statusResponse(404) });
  const { code, out, err } = follow(start(), { mode: "quiet" });
  expect(await settled(code)).toBe(3);
  expect(out() + err()).toBe("");
});

it("tells machines of its progress once a second, of every failure, and of its end", async () => {
  const { start } = await openHiking({
    delayMs: 200,
    answer: ({ url }) => (url.endsWith("/3/0/0") || url.endsWith("/3/0/1") ? statusResponse(404) : tileResponse(url)),
  });
  const { code, events, err } = follow(start(), { mode: "json" });
  expect(await settled(code)).toBe(3);
  const all = events();
  const progress = all.filter(({ event }) => event === "progress");
  expect(progress.map(({ attempted }) => attempted)).toEqual([0, 25, 55]);
  expect(progress[1]).toMatchObject({ store: "hiking", state: "running", max: 85, stored: 24, percentage: 29.41 });
  expect(all.filter(({ event }) => event === "failed")).toEqual([
    {
      event: "failed",
      store: "hiking",
      id: all[0]?.id,
      z: 3,
      x: 0,
      y: 0,
      reason: "negative",
      detail: "status 404",
      attempts: 1,
    },
    {
      event: "failed",
      store: "hiking",
      id: all[0]?.id,
      z: 3,
      x: 0,
      y: 1,
      reason: "negative",
      detail: "status 404",
      attempts: 1,
    },
  ]);
  expect(all.at(-1)).toMatchObject({
    event: "done",
    outcome: "incomplete",
    exitCode: 3,
    stored: 83,
    failedBy: { negative: 2 },
    retry: "fmtc resume 1f3a --failed",
  });
  expect(err()).toBe("");
});

it("tells machines at once of each change of state, and how it goes on", async () => {
  const { start } = await openHiking();
  const { code, events, interrupt } = follow(start(), { mode: "json" });
  await vi.advanceTimersByTimeAsync(250);
  interrupt("SIGINT");
  expect(await settled(code)).toBe(130);
  expect(events().map(({ event, state }) => `${event} ${state}`)).toEqual([
    "progress running",
    "progress pausing",
    "progress paused",
    "done paused",
  ]);
  expect(events().at(-1)).toMatchObject({ outcome: "paused", exitCode: 130, resume: "fmtc resume 1f3a" });
});

it.each(["stdout", "stderr"] as const)("pauses, without a word, when the reader of %s has gone", async (name) => {
  const { start, root } = await openHiking({ delayMs: 1_000 });
  const error = Object.assign(new Error("write EPIPE"), { code: "EPIPE" });
  let writes = 0;
  const stream = new Writable({
    write: (_part, _encoding, done) => {
      writes += 1;
      done(writes > 2 ? error : null);
    },
  });
  const download = start();
  const { code } = follow(download, { mode: name === "stdout" ? "json" : "human", [name]: stream });
  expect(await settled(code)).toBe(141);
  expect(writes).toBe(3);
  expect(await root.recovery.get(download.id)).toMatchObject({ state: "paused" });
});

it("waits for a reader that is slow, and loses no failure", async () => {
  const { start, transport } = await openHiking({
    answer: () => of({ status: 200, headers: { "content-type": "x".repeat(40) }, body: new Uint8Array(9) }),
  });
  const read: string[] = [];
  const pending: (() => void)[] = [];
  const stdout = new Writable({
    decodeStrings: false,
    highWaterMark: 1,
    write: (part, _encoding, done) => {
      read.push(String(part));
      pending.push(done);
    },
  });
  // What waits to be read is as much as a million tiles would be.
  Object.defineProperty(stdout, "writableLength", { get: () => (pending.length > 0 ? 2_000_000 : 0) });
  const { code } = follow(start(), { mode: "json", stdout });
  await vi.advanceTimersByTimeAsync(60_000);
  const asked = transport.requests.length;
  expect(asked).toBeLessThan(85);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(transport.requests.length).toBe(asked);
  let isOver = false;
  code.finally(() => {
    isOver = true;
  });
  while (!isOver || pending.length > 0) {
    pending.shift()?.();
    await vi.advanceTimersByTimeAsync(10);
  }
  expect(await code).toBe(3);
  expect(read.filter((line) => line.includes('"event":"failed"'))).toHaveLength(85);
});
