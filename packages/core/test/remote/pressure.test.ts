import { serveRoot, type TileEvent } from "@fmtc/core";
import { VirtualTimeScheduler } from "rxjs";
import { describe, expect, it } from "vitest";
import { ofType, rawPort } from "./raw-port.ts";
import { progressOf, rootWithScriptedDownload, tileEvent } from "./scripted-download.ts";

/** A near side that listens and takes only what the test wants it to. */
async function slowNearSide(name: "download.progress" | "download.tiles") {
  const scheduler = new VirtualTimeScheduler();
  const { root, progress$, tiles$ } = await rootWithScriptedDownload();
  const { port, post, until, came } = rawPort();
  serveRoot(root, port, { scheduler });
  post("s", { type: "hello", version: 1 }, { type: "call", id: 1, name: "downloads.list", args: [] });
  await until(ofType("result", 1));
  post("s", { type: "listen", id: 2, name, args: [-1] });
  let calls = 10;
  const settle = async () => {
    calls += 1;
    post("s", { type: "call", id: calls, name: "download.resume", args: [-1] });
    await until(ofType("result", calls));
    return came.filter(ofType("next", 2)).map(({ value }) => value);
  };
  await settle();
  return { progress$, tiles$, scheduler, settle, take: () => post("s", { type: "taken", id: 2 }), until };
}

describe("a near side that is slow", () => {
  it("hears of tiles in batches, and only a few of these are under way", async () => {
    const { tiles$, scheduler, settle, take } = await slowNearSide("download.tiles");
    let index = 0;
    const more = (count: number) => {
      for (let i = 0; i < count; i++) tiles$.next(tileEvent(index++));
    };
    more(100);
    // The first at once, the others a moment later.
    expect((await settle()).map((batch) => (batch as TileEvent[]).length)).toEqual([1]);
    scheduler.flush();
    expect((await settle()).map((batch) => (batch as TileEvent[]).length)).toEqual([1, 99]);
    for (let i = 0; i < 50; i++) {
      more(1_000);
      scheduler.flush();
    }
    expect(await settle()).toHaveLength(2);
    take();
    const batches = (await settle()) as TileEvent[][];
    expect(batches).toHaveLength(3);
    // The oldest are left out, the latest never.
    expect(batches[2]?.length).toBeLessThan(20_000);
    expect(batches[2]?.at(-1)?.index).toBe(index - 1);
  });

  it("hears of the latest progress, of each state", async () => {
    const { progress$, settle, take } = await slowNearSide("download.progress");
    for (let stored = 1; stored <= 1_000; stored++) progress$.next(progressOf({ stored }));
    progress$.next(progressOf({ stored: 1_000, state: "pausing" }));
    progress$.next(progressOf({ stored: 1_001, state: "pausing" }));
    progress$.next(progressOf({ stored: 1_002, state: "paused" }));
    expect((await settle()).length).toBeLessThan(10);
    take();
    expect((await settle()).at(-1)).toEqual([
      { stored: 1_000 },
      { state: "pausing", stored: 1_001 },
      { state: "paused", stored: 1_002 },
    ]);
  });

  it("costs no more however often the state changes", async () => {
    const { progress$, settle, take } = await slowNearSide("download.progress");
    for (let stored = 1; stored <= 1_000; stored++) {
      progress$.next(progressOf({ stored, state: stored % 2 === 0 ? "waiting" : "running" }));
    }
    await settle();
    take();
    const last = (await settle()).at(-1) as readonly unknown[];
    expect(last.length).toBeLessThan(20);
    expect(last.at(-1)).toMatchObject({ stored: 1_000 });
  });

  it("hears of the end all the same", async () => {
    const { tiles$, progress$, scheduler, settle, until } = await slowNearSide("download.tiles");
    for (let index = 0; index < 500; index++) tiles$.next(tileEvent(index));
    scheduler.flush();
    for (let index = 500; index < 1_000; index++) tiles$.next(tileEvent(index));
    progress$.next(progressOf({ state: "completed" }));
    progress$.complete();
    tiles$.complete();
    await until(ofType("over"));
    const events = ((await settle()) as TileEvent[][]).flat();
    expect(events.map(({ index }) => index)).toEqual(Array.from({ length: 1_000 }, (_, i) => i));
  });
});
