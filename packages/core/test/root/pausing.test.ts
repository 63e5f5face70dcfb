import { openMemoryStore, statusResponse, tileResponse } from "@fmtc/core/testing";
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

it("a pause that is overruled by a resume does not wait for ever", async () => {
  const { hiking } = await openTestRoot({ delayMs: 1_000 });
  const { download, emissions } = noted(hiking.download.startForeground(region));
  await vi.advanceTimersByTimeAsync(500);
  const paused = download.pause();
  await download.resume();
  await paused;
  expect(emissions.at(-1)).toMatchObject({ state: "running", attempted: 0 });
  await settled(download.done);
});

it("a store is renamed though its download is resumed meanwhile", async () => {
  const { hiking, store } = await openTestRoot({ delayMs: 1_000 });
  const { download } = noted(hiking.download.startForeground(region));
  await vi.advanceTimersByTimeAsync(500);
  const renamed = hiking.manage.rename("walking");
  await download.resume();
  await settled(renamed);
  expect((await settled(download.done)).stored).toBe(cover.count);
  expect(await urlsIn(store, "walking")).toHaveLength(cover.count);
});

/** A root whose downloads take their time to be taken up. */
async function openSlowRoot() {
  const store = await openMemoryStore();
  const acquire: typeof store.downloads.acquire = async (...args) => {
    await new Promise((resolve) => setTimeout(resolve, 100));
    return store.downloads.acquire(...args);
  };
  return { ...(await openTestRoot({ store: { ...store, downloads: { ...store.downloads, acquire } } })), store };
}

it("a pause while it is being taken up waits until it is at rest again, and so does closing the root", async () => {
  for (const end of ["pause", "close"] as const) {
    const { root, hiking, store } = await openSlowRoot();
    const { download, emissions } = noted(hiking.download.startForeground(region, { id: "d" }));
    await vi.advanceTimersByTimeAsync(200);
    await settled(download.pause());
    const before = emissions.length;
    const resumed = download.resume();
    const { list } = store.downloads;
    await vi.advanceTimersByTimeAsync(50);
    const ended = end === "pause" ? download.pause() : root.close();
    const over = download.done.catch((error) => error.code);
    await vi.advanceTimersByTimeAsync(10);
    if (end === "pause") {
      await settled(ended);
      expect((await list())[0]?.lease).toMatchObject({ epoch: 2, expiresAt: 0 });
    } else {
      await settled(ended);
      expect(await over).toBe("ROOT_CLOSED");
    }
    await resumed;
    expect(emissions.slice(before).map(({ state }) => state)).toEqual(["pausing", "paused"]);
  }
});

it("cancelling what is paused here and goes on elsewhere leaves it to the other", async () => {
  const store = await openMemoryStore();
  const first = noted((await openTestRoot({ store })).hiking.download.startForeground(region, { id: "d" }));
  await vi.advanceTimersByTimeAsync(100);
  await settled(first.download.pause());
  const second = await settled((await openTestRoot({ store })).root.recovery.resume("d"));
  await settled(first.download.cancel());
  expect((await first.download.done).state).toBe("cancelled");
  expect(await settled(second.done)).toMatchObject({ state: "completed", stored: cover.count });
});

it("cancelling at rest writes nothing more", async () => {
  const store = await openMemoryStore();
  const commit = vi.fn(store.commit);
  const { hiking } = await openTestRoot({ store: { ...store, commit } });
  const download = hiking.download.startForeground(region);
  await vi.advanceTimersByTimeAsync(100);
  await settled(download.pause());
  const written = commit.mock.calls.length;
  await settled(download.cancel());
  expect(commit.mock.calls.length).toBe(written);
});
