import { StoreNotFoundError } from "@fmtc/core";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { cover, openTestRoot, region, settled } from "./root-fixture.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it("a store is managed by its name", async () => {
  const { root } = await openTestRoot();
  const store = root.store("walks");
  expect(await store.manage.exists()).toBe(false);
  await expect(store.stats()).rejects.toThrow(StoreNotFoundError);
  await store.manage.create({ maxLength: 10 });
  await store.manage.create();
  expect(await store.manage.limits()).toEqual({ maxLength: 10, maxBytes: undefined });
  await store.manage.setLimits({ maxBytes: 1_000 });
  expect(await store.manage.limits()).toEqual({ maxLength: 10, maxBytes: 1_000 });
  await store.metadata.set({ name: "Walks", year: "2026" });
  expect(await store.metadata.remove("year")).toBe("2026");
  const renamed = await store.manage.rename("hikes");
  expect(renamed.name).toBe("hikes");
  expect(await renamed.metadata.read()).toEqual({ name: "Walks" });
  await renamed.metadata.reset();
  expect(await renamed.metadata.read()).toEqual({});
  expect((await root.stats()).stores).toEqual(["hikes", "hiking"]);
  await renamed.manage.delete();
  expect(await renamed.manage.exists()).toBe(false);
});

it("tiles are taken out by region, by age and by number", async () => {
  const { hiking } = await openTestRoot();
  await settled(hiking.download.startForeground(region).done);
  const half = { ...region, maxZoom: 7 };
  const inHalf = await hiking.download.check(half);
  expect(await hiking.manage.removeRegion(half, { dryRun: true })).toMatchObject({ removed: inHalf });
  expect((await hiking.stats()).length).toBe(cover.count);
  expect(await hiking.manage.removeRegion(half)).toMatchObject({ removed: inHalf, deleted: inHalf });
  expect(await hiking.manage.evictOldest({ maxLength: 10, pinned: true })).toMatchObject({
    removed: cover.count - inHalf - 10,
  });
  const last = await hiking.manage.latestTile();
  expect(last?.z).toBe(8);
  expect(await hiking.manage.removeOlderThan(Date.now() + 1)).toMatchObject({ removed: 10 });
});

it("what is deleted or reset while it is downloaded into cancels the download first", async () => {
  for (const what of ["delete", "reset"] as const) {
    const { hiking, root } = await openTestRoot();
    const download = hiking.download.startForeground(region);
    await vi.advanceTimersByTimeAsync(100);
    await settled(hiking.manage[what]());
    expect((await download.done).state).toBe("cancelled");
    expect(await root.recovery.list()).toEqual([]);
    if (what === "reset") expect(await hiking.stats()).toMatchObject({ length: 0 });
  }
});

it("what is renamed while it is downloaded into is downloaded into under its new name", async () => {
  const { hiking, root, asked } = await openTestRoot();
  const download = hiking.download.startForeground(region);
  await vi.advanceTimersByTimeAsync(100);
  const walking = await settled(hiking.manage.rename("walking"));
  expect(await settled(download.done)).toMatchObject({ state: "completed", stored: cover.count });
  expect(await walking.stats()).toMatchObject({ length: cover.count });
  expect(asked().length).toBe(cover.count);
  expect((await root.stats()).stores).toEqual(["walking"]);
});

it("cancel ends the downloads into one store, and no others", async () => {
  const { root, hiking } = await openTestRoot();
  const biking = root.store("biking");
  await biking.manage.create();
  const mine = hiking.download.startForeground(region);
  const other = biking.download.startForeground(region);
  await vi.advanceTimersByTimeAsync(50);
  await settled(hiking.download.cancel());
  expect((await mine.done).state).toBe("cancelled");
  expect((await settled(other.done)).state).toBe("completed");
  await hiking.download.cancel();
});

it("changes are told, gathered", async () => {
  const { root, hiking } = await openTestRoot();
  await root.store("biking").manage.create();
  const ofRoot: string[] = [];
  const ofStore: string[] = [];
  root.changes$.subscribe(({ stores }) => ofRoot.push([...stores].sort().join()));
  hiking.changes$.subscribe(({ kinds }) => ofStore.push([...kinds].join()));
  await root.store("biking").metadata.set({ a: "b" });
  await hiking.metadata.set({ a: "b" });
  await hiking.manage.setLimits({ maxLength: 1 });
  await vi.advanceTimersByTimeAsync(1_000);
  expect(ofRoot).toEqual(["biking,hiking"]);
  expect(ofStore).toEqual(["metadata,stores"]);
});
