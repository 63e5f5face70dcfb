import { expect, it } from "vitest";
import { cancelledSummary, completedSummary, pausedSummary, type SummaryOf } from "../../src/follow/summary.ts";
import { tallyOf } from "../../src/follow/tally.ts";
import { progressOf } from "./progress-of.ts";

function summaryOf(part: Parameters<typeof progressOf>[0], of: Partial<SummaryOf> = {}): SummaryOf {
  const last = progressOf(part);
  const first = progressOf({ stored: 0 });
  return {
    which: "missing",
    first,
    last,
    tally: tallyOf(last),
    examples: new Map(),
    isRefused: false,
    resumeCommand: "fmtc resume 1f3a",
    ...of,
  };
}

it("says how fast it was, and what is in the store", () => {
  const skippedBy = { existing: 1_204, sea: 311 };
  expect(completedSummary(summaryOf({ state: "completed", stored: 98_485, skippedBy })).split("\n")).toEqual([
    "Complete: 100,000 tiles in 2 min 13 s, 743/s.",
    "98,485 stored, 1.48 GB · 1,204 already there · 311 sea",
  ]);
});

it("says what an update has changed, and what the server has no more", () => {
  const part = { state: "completed", max: 100, stored: 12, changed: 10, gone: 3 } as const;
  const lines = completedSummary(
    summaryOf({ ...part, skippedBy: { unmodified: 85 }, failedBy: { negative: 3 } }),
  ).split("\n");
  expect(lines).toEqual([
    "Done: 100 tiles in 2 min 13 s, 0.8/s.",
    "12 stored, 180 kB · 10 of them changed · 85 unchanged · 3 kept that the server has no more",
    "3 tiles failed:",
    "  3  not available",
    "To ask for them again: fmtc resume 1f3a --failed",
  ]);
});

it("tells the speed of what was asked for alone, and none if nothing was", () => {
  const first = (of: object) => completedSummary(summaryOf({ state: "completed", max: 1_330, ...of })).split("\n")[0];
  expect(first({ stored: 133, skippedBy: { existing: 1_197 } })).toBe("Complete: 1,330 tiles in 2 min 13 s, 1/s.");
  expect(first({ stored: 0, skippedBy: { existing: 1_330 } })).toBe("Complete: 1,330 tiles in 2 min 13 s.");
});

it("doubts a map that is nothing but sea", () => {
  const lines = (stored: number) =>
    completedSummary(summaryOf({ state: "completed", max: 78, stored, skippedBy: { sea: 78 - stored } })).split("\n");
  expect(lines(0).slice(1)).toEqual([
    "78 sea",
    "All of them show nothing but sea: is this the right map? --keep-sea stores them.",
  ]);
  expect(lines(1)).toHaveLength(2);
});

it("asks for a key where the server refuses", () => {
  const part = { state: "completed", max: 78, stored: 0, failedBy: { negative: 78 } } as const;
  expect(
    completedSummary(summaryOf(part, { isRefused: true }))
      .split("\n")
      .slice(-4),
  ).toEqual([
    "78 tiles failed:",
    "  78  not available",
    "The server refuses: does it want a key (--param, --header)?",
    "To ask for them again: fmtc resume 1f3a --failed",
  ]);
});

it("knows no command where there is no record", () => {
  const part = { state: "completed", max: 10, stored: 9, failedBy: { request: 1 } } as const;
  expect(completedSummary(summaryOf(part, { resumeCommand: undefined }))).toMatch(
    /\n1 tile failed:\n {2}1 {2}not answered\nTo ask for it again: run the same command$/,
  );
});

it("says how a pause ends: asking again for what has failed, too", () => {
  expect(pausedSummary(summaryOf({ state: "paused" }))).toBe(
    "Paused after 42,345 of 100,000 tiles. To go on: fmtc resume 1f3a",
  );
  const tally = { done: 3, total: 15, perSecond: 1, leftMs: 12_000 };
  expect(pausedSummary(summaryOf({ state: "paused" }, { which: "failed", tally }))).toBe(
    "Paused after 3 of 15 tiles. To go on: fmtc resume 1f3a --failed",
  );
});

it("says that a cancelled download leaves its tiles", () => {
  expect(cancelledSummary(summaryOf({ state: "cancelled" }))).toBe(
    "Cancelled after 42,345 of 100,000 tiles. What was written stays.",
  );
});
