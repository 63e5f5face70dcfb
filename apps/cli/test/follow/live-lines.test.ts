import { stripVTControlCharacters } from "node:util";
import type { DownloadState } from "@fmtc/core";
import { expect, it } from "vitest";
import { liveLines } from "../../src/follow/live-lines.ts";
import { textWidth } from "../../src/output/text-width.ts";
import { NOW, snapshotOf } from "./progress-of.ts";

const everything = {
  skippedBy: { existing: 1_204, sea: 311, unmodified: 97, empty: 4 },
  failedBy: { negative: 10, request: 2, invalid: 1 },
  retryQueued: 5,
};
const offline = {
  state: "waiting",
  waiting: { reason: "offline", until: NOW + 30_000, detail: "getaddrinfo ENOTFOUND tiles.example.org" },
} as const;

const shown = (part: Parameters<typeof snapshotOf>[0], width: number, silentMs?: number, heard = {}) =>
  liveLines(snapshotOf(part, silentMs, heard), { width, color: false });

it("is one line where there is room", () => {
  const stats = "42,345 of 100,000  318/s · 3 min 1 s left · 635 MB";
  expect(shown({}, 100)).toBe(`▕████████████▋                 ▏   42.3 %   ${stats}`);
});

it("gives the bar a line of its own where there is not", () => {
  expect(shown({}, 80).split("\n")).toEqual([
    "▕████████████████████████▌                                 ▏   42.3 %",
    "42,345 of 100,000 · 318/s · 3 min 1 s left · 635 MB",
  ]);
  expect(shown({}, 40).split("\n")).toEqual([
    "▕███████████▊                ▏   42.3 %",
    "42,345 of 100,000 · 318/s",
    "3 min 1 s left · 635 MB",
  ]);
});

it("has a bar that one can still see the whole of at a wide terminal", () => {
  expect(shown({}, 200)).toMatch(/^▕█{24}▌ {33}▏ {3}42\.3 % {3}42,345 of 100,000 {2}318\/s/);
});

it("says what was skipped, and what has failed and why", () => {
  expect(shown(everything, 80).split("\n").slice(2)).toEqual([
    "1,204 already there · 97 unchanged · 311 sea · 4 empty · 5 to be tried again",
    "13 failed: 10 not available, 2 not answered, 1 not a tile",
  ]);
});

it("breaks lines between reasons where it is narrow", () => {
  expect(shown(everything, 40).split("\n").slice(3)).toEqual([
    "1,204 already there · 97 unchanged",
    "311 sea · 4 empty · 5 to be tried again",
    "13 failed: 10 not available",
    "2 not answered · 1 not a tile",
  ]);
});

it("need not say twice how many have failed for one reason", () => {
  expect(shown({ failedBy: { request: 1_500 } }, 80)).toMatch(/\n1,500 failed: not answered$/);
});

it.each([
  ["offline", offline, 0, "Offline, tries again at 15:15:30: getaddrinfo ENOTFOUND tiles.example.org"],
  [
    "asked to wait",
    { state: "waiting", waiting: { reason: "asked-to", until: NOW + 60_000 } },
    0,
    "The server asks to be left alone until 15:16:00",
  ],
  [
    "asked to wait until another day",
    { state: "waiting", waiting: { reason: "asked-to", until: NOW + 86_400_000 } },
    0,
    "The server asks to be left alone until 26 Nov 2026, 15:15",
  ],
  [
    "held back by the server",
    { limit: { perSecond: 12.5, by: "server" }, isRateLimited: true },
    0,
    "Held to 13/s as the server refuses more",
  ],
  [
    "held back by the policy",
    { limit: { perSecond: 2, by: "policy" }, isRateLimited: true },
    0,
    "Held to 2/s by the source's policy",
  ],
  [
    "held back by the user",
    { limit: { perSecond: 0.5, by: "options" }, isRateLimited: true },
    0,
    "Held to 0.5/s by --rate",
  ],
  ["pausing", { state: "pausing" }, 0, "Pausing: writing what has been fetched …"],
  ["cancelling", { state: "cancelling" }, 0, "Cancelling: writing what has been fetched …"],
  ["silent", {}, 15_000, "Nothing has come for 15 s"],
] as const)("says what it waits for: %s", (_, part, silentMs, words) => {
  expect(shown(part, 120, silentMs).split("\n").slice(1)).toEqual([words]);
});

it("says why tiles are to be tried again, and what is tried again now", () => {
  const problem = "status 500";
  expect(shown({ retryQueued: 27 }, 120, 0, { problem }).split("\n").slice(1)).toEqual([
    "27 to be tried again: the server answers 500",
  ]);
  expect(shown({}, 120, 0, { problem: "interrupted" }).split("\n").slice(1)).toEqual([
    "Tries again: the connection broke off",
  ]);
  expect(
    shown({ retryQueued: 27 }, 40, 0, { problem: "x".repeat(90) })
      .split("\n")
      .at(-1),
  ).toMatch(/^27 to be tried again: x{16}…$/);
});

it("wonders whether the URL is right where no server has ever answered", () => {
  expect(shown(offline, 120, 0, { isAnswered: false }).split("\n").slice(1)).toEqual([
    "Offline, tries again at 15:15:30: getaddrinfo ENOTFOUND tiles.example.org",
    "No answer from the server yet: is the URL right?",
  ]);
  expect(shown({}, 120, 0, { isAnswered: false })).not.toContain("\n");
});

it.each([
  ["a limit that does not hold it back", { limit: { perSecond: 1_000, by: "options" } }, 0],
  ["an answer that takes its time", {}, 5_000],
  ["silence while it is paused", { state: "paused" }, 60_000],
] as const)("says nothing of %s", (_, part, silentMs) => {
  expect(shown(part, 120, silentMs)).not.toContain("\n");
});

it("tells no speed and no time left while it waits", () => {
  expect(shown(offline, 120)).toMatch(/^\S+ +▏ {3}42\.3 % {3}42,345 of 100,000 {2}635 MB\n/);
});

it("is at 100 % only when all is done", () => {
  expect(shown({ stored: 99_999 }, 80)).toContain(" 99.9 %");
  expect(shown({ stored: 100_000 }, 80)).toContain("█▏  100.0 %");
  expect(shown({ stored: 0, max: 0 }, 80)).toContain("█▏  100.0 %  0 of 0");
});

it("stands still while its numbers grow", () => {
  const places = [0, 9, 99, 999, 9_999, 99_999].map((stored) => shown({ stored }, 120).indexOf(" of 100,000"));
  expect(new Set(places).size).toBe(1);
});

const states: readonly DownloadState[] = ["running", "waiting", "pausing", "paused", "cancelling"];
const sizes = [1, 85, 12_345, 100_000, 1_234_567, 123_456_789, 5_000_000_000];
const cases = [40, 41, 60, 79, 80, 81, 120, 200].flatMap((width) => states.map((state) => ({ width, state })));

it.each(cases)("fits into $width columns when $state, in colours too", ({ width, state }) => {
  for (const max of sizes) {
    for (const share of [0, 0.001, 0.5, 1]) {
      const part = {
        ...everything,
        max: max + 2_000,
        stored: Math.floor(max * share),
        state,
        waiting: state === "waiting" ? { ...offline.waiting, detail: "東京 ".repeat(40) } : undefined,
        tilesPerSecond: 1_234,
        etaMs: 86_000_000,
      };
      const plain = shown(part, width);
      for (const line of plain.split("\n")) expect(textWidth(line)).toBeLessThan(width);
      const colored = liveLines(snapshotOf(part), { width, color: true });
      expect(stripVTControlCharacters(colored)).toBe(plain);
      expect(colored).not.toBe(plain);
    }
  }
});

it("breaks a line before what is behind it, and cuts what is too long for any", () => {
  expect(shown(offline, 50).split("\n").slice(-2)).toEqual([
    "Offline, tries again at 15:15:30",
    "getaddrinfo ENOTFOUND tiles.example.org",
  ]);
  expect(shown(offline, 39).split("\n").at(-1)).toBe("getaddrinfo ENOTFOUND tiles.example.o…");
});

it("does not guess how long it takes before it has run for a while", () => {
  expect(shown({ elapsedMs: 1_900 }, 120)).not.toContain("left");
});

it("leaves a terminal alone that a server would like to talk to", () => {
  const detail = "\u001b[2J\u001b]0;mine\u0007gone\nsecond line\u202e";
  const lines = shown({ ...offline, waiting: { ...offline.waiting, detail } }, 120).split("\n");
  expect(lines.slice(1)).toEqual(["Offline, tries again at 15:15:30: gone second line"]);
});
