import type { DownloadPlan } from "@fmtc/core";
import { describe, expect, it } from "vitest";
import { exitCodeOf, toldOf } from "../../src/commands/told-plan.ts";

/** 100 MB of 1,000 tiles. */
function planWith(availableBytes: number): DownloadPlan {
  return {
    tiles: 1_000,
    tilesByZoom: new Map([[10, 1_000]]),
    bytes: { likely: 1e8, low: 9e7, high: 1.1e8, assumption: "" },
    tilesPerSecond: 10,
    durationMs: 1e5,
    availableBytes,
    fits: 1e8 <= availableBytes,
    isAllowed: true,
    refusal: undefined,
  };
}

describe("a plan that is told", () => {
  it.each([
    ["with room to write", 120e6, undefined, true, 0],
    ["with room for its tiles alone", 119e6, undefined, false, 1],
    ["of which half is there", 70e6, 500, true, 0],
    ["of which half is there, with less", 69e6, 500, false, 1],
    ["of which all is there, on a full disk", 0, 0, true, 0],
  ])("%s: %d bytes", (_, room, missing, fits, code) => {
    const there = missing === undefined ? 0 : 1_000 - missing;
    const audit =
      missing === undefined ? undefined : { max: 1_000, present: there, stale: 0, missing, bytes: there * 1e5 };
    const told = toldOf(planWith(room), audit, []);
    expect(told.fits).toBe(fits);
    expect(exitCodeOf(told)).toBe(code);
  });

  it("estimates nothing by a server that has nothing", () => {
    const empty = { ...planWith(1e9), bytes: { likely: 0, low: 0, high: 0, assumption: "" } };
    expect(toldOf(empty, undefined, [])).toMatchObject({ bytes: empty.bytes, fits: true });
    const told = toldOf(empty, undefined, ["once", "The server answered with status 403."]);
    expect(told).toMatchObject({ bytes: undefined, fits: undefined, problem: "The server answered with status 403." });
    expect(exitCodeOf(told)).toBe(1);
  });
});
