import { statusResponse, tileResponse } from "@fmtc/core/testing";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { cover, everyUrl, expectHonest, noted, openTestRoot, region, settled, urlsIn } from "./root-fixture.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it("pause lets what is under way finish, commits it, and gives the lease back", async () => {
  const { hiking, store, asked } = await openTestRoot();
  const { download, emissions } = noted(hiking.download.startForeground(region));
  await vi.advanceTimersByTimeAsync(155);
  await settled(download.pause());
  const before = asked().length;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked().length).toBe(before);
  expect((await urlsIn(store)).length).toBe(before);
  expect(emissions.at(-1)).toMatchObject({ state: "paused", buffered: 0, attempted: before, etaMs: undefined });
  expect(await store.downloads.get(download.id)).toMatchObject({
    progress: { state: "paused" },
    lease: { expiresAt: 0 },
  });
});

it("resume goes on with what is missing, and the pause does not count as time", async () => {
  const { hiking, store, asked } = await openTestRoot();
  const { download, emissions } = noted(hiking.download.startForeground(region));
  await vi.advanceTimersByTimeAsync(155);
  await settled(download.pause());
  await vi.advanceTimersByTimeAsync(600_000);
  await download.resume();
  const last = await settled(download.done);
  expect(asked().toSorted()).toEqual(everyUrl.toSorted());
  expect(await urlsIn(store)).toEqual(everyUrl);
  expect(last.elapsedMs).toBeLessThan(20_000);
  expectHonest(emissions);
});

it("pausing loses nothing of what waits for another try", async () => {
  const { hiking, store } = await openTestRoot({
    answer: ({ url }, nth) => (nth === 1 ? statusResponse(500) : tileResponse(url)),
  });
  const download = hiking.download.startForeground(region);
  await vi.advanceTimersByTimeAsync(100);
  await settled(download.pause());
  await download.resume();
  await settled(download.done);
  expect(await urlsIn(store)).toEqual(everyUrl);
});

it("cancel forgets the download and keeps its tiles", async () => {
  const { hiking, root, store, asked } = await openTestRoot();
  const { download, emissions } = noted(hiking.download.startForeground(region));
  await vi.advanceTimersByTimeAsync(155);
  await settled(download.cancel());
  expect(emissions.at(-1)?.state).toBe("cancelled");
  expect(await root.recovery.list()).toEqual([]);
  expect((await urlsIn(store)).length).toBe(asked().length);
  expect(asked().length).toBeLessThan(cover.count);
  expect((await download.done).state).toBe("cancelled");
});

it("commands may come twice, in any order, and after the end", async () => {
  const { hiking } = await openTestRoot();
  const { download, emissions } = noted(hiking.download.startForeground(region));
  await vi.advanceTimersByTimeAsync(50);
  await settled(Promise.all([download.pause(), download.pause()]));
  await settled(Promise.all([download.resume(), download.resume()]));
  expect(emissions.at(-1)?.state).toBe("running");
  await settled(Promise.all([download.pause(), download.resume()]));
  await settled(download.done);
  for (const command of [download.pause, download.resume, download.cancel, download.cancel]) await command();
  expect(emissions.at(-1)?.state).toBe("completed");
  expectHonest(emissions);
});

it("the last wish counts: a pause right after a resume that nobody has waited for", async () => {
  const { hiking, asked } = await openTestRoot();
  const { download, emissions } = noted(hiking.download.startForeground(region));
  await vi.advanceTimersByTimeAsync(50);
  await settled(download.pause());
  const resuming = download.resume();
  await settled(download.pause());
  await settled(resuming);
  const before = asked().length;
  await vi.advanceTimersByTimeAsync(1_000);
  expect([emissions.at(-1)?.state, asked().length]).toEqual(["paused", before]);
  const [again, running] = [download.pause(), download.resume()];
  await settled(Promise.all([again, running]));
  expect(await settled(download.done)).toMatchObject({ state: "completed", stored: cover.count });
});

it("cancel while pausing wins", async () => {
  const { hiking } = await openTestRoot();
  const { download, emissions } = noted(hiking.download.startForeground(region));
  await vi.advanceTimersByTimeAsync(50);
  await settled(Promise.all([download.pause(), download.cancel(), download.pause()]));
  expect(emissions.at(-1)?.state).toBe("cancelled");
});

it("unsubscribing from everything changes nothing", async () => {
  const { hiking, store } = await openTestRoot();
  const download = hiking.download.startForeground(region);
  const subscriptions = [download.progress$.subscribe(), download.tiles$.subscribe()];
  await vi.advanceTimersByTimeAsync(50);
  for (const subscription of subscriptions) subscription.unsubscribe();
  await settled(download.done);
  expect(await urlsIn(store)).toEqual(everyUrl);
});
