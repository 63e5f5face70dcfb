import {
  type DownloadProgress,
  DuplicateDownloadError,
  type FmtcError,
  OptionError,
  RegionError,
  RootClosedError,
  StoreNotFoundError,
  type TileEvent,
  TilePolicyError,
  UnknownSourceError,
} from "@fmtc/core";
import { openMemoryStore, statusResponse, tileResponse } from "@fmtc/core/testing";
import { filter, firstValueFrom, take } from "rxjs";
import { describe, expect, it } from "vitest";
import { cover, everyUrl, expectHonest, region, topo } from "../root/root-fixture.ts";
import { type OpenedRoot, openConnected, openLocal, type TestRootOptions } from "./connected.ts";

const osm = { id: "osm", url: "https://tile.openstreetmap.org/{z}/{x}/{y}.png" };

/** Emissions of an observable, and how it ends. */
function watch<T>(source$: {
  subscribe: (observer: { next: (value: T) => void; error: (e: unknown) => void; complete: () => void }) => unknown;
}) {
  const seen: T[] = [];
  const end = new Promise<unknown>((resolve) => {
    source$.subscribe({ next: (value) => seen.push(value), error: resolve, complete: () => resolve("complete") });
  });
  return { seen, end };
}

// What is true of a root is true of one that lives elsewhere: each of these runs with both.
describe.each<[string, (options?: TestRootOptions) => Promise<OpenedRoot>]>([
  ["here", openLocal],
  ["at the other end of a channel", openConnected],
])("a root %s", (_, open) => {
  it("downloads, and tells of it from the first tile to the last", async () => {
    const { hiking, asked } = await open();
    const download = hiking.download.startForeground(region, { reportIntervalMs: 1 });
    const progress = watch<DownloadProgress>(download.progress$);
    const tiles = watch<TileEvent>(download.tiles$);
    const last = await download.done;
    expect(last).toMatchObject({ id: download.id, state: "completed", stored: cover.count, percentage: 100 });
    expect(await progress.end).toBe("complete");
    expect(await tiles.end).toBe("complete");
    expect(progress.seen[0]).toMatchObject({
      state: "running",
      max: cover.count,
      etaMs: undefined,
      waiting: undefined,
    });
    expect(progress.seen.at(-1)).toEqual(last);
    expect(progress.seen.filter(({ state }) => state === "completed")).toHaveLength(1);
    expectHonest(progress.seen);
    expect(tiles.seen.map(({ index }) => index).toSorted((a, b) => a - b)).toEqual([...cover].map((_tile, i) => i));
    expect(asked().toSorted()).toEqual(everyUrl.toSorted());
    expect(await hiking.stats()).toMatchObject({ length: cover.count, pinnedLength: cover.count });
  });

  it("tells who comes late how a download has ended", async () => {
    const { hiking } = await open();
    const download = hiking.download.startForeground(region);
    const last = await download.done;
    const seen: unknown[] = [];
    download.progress$.subscribe({ next: (progress) => seen.push(progress), complete: () => seen.push("over") });
    download.tiles$.subscribe({ next: () => seen.push("tile"), complete: () => seen.push("no tiles") });
    expect(seen).toEqual([last, "over", "no tiles"]);
    await Promise.all([download.pause(), download.resume(), download.cancel()]);
  });

  it("cancels", async () => {
    const { hiking, root } = await open({ delayMs: 2 });
    const download = hiking.download.startForeground(region, { id: "mine", reportIntervalMs: 1 });
    const { seen, end } = watch<DownloadProgress>(download.progress$);
    await firstValueFrom(download.progress$.pipe(filter(({ stored }) => stored > 0)));
    await download.cancel();
    expect(await download.done).toMatchObject({ state: "cancelled" });
    expect(await end).toBe("complete");
    expect(seen.map(({ state }) => state)).toContain("cancelling");
    expect(seen.at(-1)?.stored).toBeLessThan(cover.count);
    expect(await root.downloads.list()).toEqual([]);
    expect(await root.recovery.get("mine")).toBeUndefined();
  });

  it("pauses and is found among what can be recovered, until it has gone on", async () => {
    const { hiking, root } = await open({ delayMs: 2 });
    const download = hiking.download.startForeground(region, { id: "mine", reportIntervalMs: 1 });
    const { seen } = watch<DownloadProgress>(download.progress$);
    await firstValueFrom(download.progress$.pipe(filter(({ stored }) => stored > 0)));
    await download.pause();
    expect(seen.at(-1)?.state).toBe("paused");
    expect((await root.downloads.list()).map(({ id }) => id)).toEqual(["mine"]);
    expect(await root.downloads.get("mine")).toBe(download);
    expect(await root.downloads.get("other")).toBeUndefined();
    const [recoverable] = await root.recovery.list();
    expect(recoverable).toMatchObject({ id: "mine", store: "hiking", state: "paused", max: cover.count, region });
    expect(await recoverable?.resume()).toBe(download);
    expect((await download.done).stored).toBe(cover.count);
    expect(seen.map(({ state }) => state).filter((state, i, all) => state !== all[i - 1])).toEqual([
      "running",
      "pausing",
      "paused",
      "running",
      "completed",
    ]);
    expect(await root.recovery.list()).toEqual([]);
  });

  it("recovers: failed tiles, another try, discarding", async () => {
    let isDown = true;
    const answer = ({ url }: { url: string }) =>
      isDown && url.endsWith("/8/132/90") ? statusResponse(404) : tileResponse(url);
    const { hiking, root } = await open({ answer });
    const first = await hiking.download.startForeground(region, { id: "mine" }).done;
    expect(first).toMatchObject({ state: "completed", failedBy: { negative: 1 } });
    expect(await root.recovery.get("mine")).toMatchObject({ state: "incomplete", failed: 1 });
    expect(await root.recovery.failed()).toEqual([]);
    expect(await root.recovery.failedTiles("mine")).toEqual([
      expect.objectContaining({ z: 8, x: 132, y: 90, reason: "negative" }),
    ]);
    await expect(root.recovery.failedTiles("mine", { limit: 0 })).rejects.toThrow(OptionError);
    isDown = false;
    expect((await (await root.recovery.retryFailed("mine")).done).failed).toBe(0);
    await expect(root.recovery.resume("mine")).rejects.toMatchObject({ code: "DOWNLOAD_NOT_FOUND", download: "mine" });
    expect(await root.recovery.discard("mine")).toBe(false);
  });

  it("tells of changes: of the database, a store, and what can be recovered", async () => {
    const { hiking, root } = await open();
    const lists: (readonly string[])[] = [];
    root.recovery.changes$.subscribe((list) => lists.push(list.map(({ id }) => id)));
    const all = firstValueFrom(root.changes$);
    const own = firstValueFrom(hiking.changes$.pipe(take(1)));
    await root.stats();
    await root.store("biking").manage.create();
    expect(await all).toEqual({ kinds: new Set(["stores"]), stores: new Set(["biking"]) });
    await hiking.metadata.set({ colour: "red" });
    expect(await own).toEqual({ kinds: new Set(["metadata"]), stores: new Set(["hiking"]) });
    const found = firstValueFrom(root.recovery.changes$.pipe(filter((list) => list.length > 0)));
    const download = hiking.download.startForeground(region, { id: "mine" });
    await download.pause();
    expect(await found).toEqual([expect.objectContaining({ id: "mine" })]);
    expect(lists[0]).toEqual([]);
    await download.cancel();
  });

  it("manages stores", async () => {
    const { root, hiking } = await open();
    const store = root.store("a");
    expect(store.name).toBe("a");
    expect(await store.manage.exists()).toBe(false);
    await expect(store.stats()).rejects.toThrow(StoreNotFoundError);
    await store.manage.create({ maxLength: 5 });
    expect(await store.manage.limits()).toEqual({ maxLength: 5, maxBytes: undefined });
    await store.manage.setLimits({ maxLength: undefined, maxBytes: 9 });
    expect(await store.manage.limits()).toEqual({ maxLength: undefined, maxBytes: 9 });
    await store.metadata.set({ a: "1", b: "2" });
    expect(await store.metadata.remove("a")).toBe("1");
    expect(await store.metadata.read()).toEqual({ b: "2" });
    await store.metadata.reset();
    expect(await store.metadata.read()).toEqual({});
    await expect(store.manage.rename("hiking")).rejects.toMatchObject({ code: "STORE_EXISTS", store: "hiking" });
    const renamed = await store.manage.rename("b");
    expect(renamed.name).toBe("b");
    expect((await root.stats()).stores).toEqual(["b", "hiking"]);
    await renamed.manage.delete();
    expect(await renamed.manage.exists()).toBe(false);

    await hiking.download.startForeground(region).done;
    expect((await hiking.manage.latestTile())?.bytes).toBeInstanceOf(Uint8Array);
    expect(await hiking.manage.evictOldest({ maxLength: 1, dryRun: true, pinned: true })).toMatchObject({
      removed: cover.count - 1,
    });
    expect(await hiking.manage.removeOlderThan(0)).toMatchObject({ removed: 0 });
    expect(await hiking.manage.removeRegion({ ...region, maxZoom: 0 }, {})).toMatchObject({ removed: 1 });
    expect(await hiking.manage.reset()).toMatchObject({ removed: cover.count - 1 });
  });

  it("knows before and after what a download takes", async () => {
    const { hiking, asked } = await open();
    expect(await hiking.download.check(region)).toBe(cover.count);
    const plan = await hiking.download.plan(region, { rateLimit: 10 });
    expect(plan).toMatchObject({ tiles: cover.count, tilesPerSecond: 10, isAllowed: true });
    expect(plan.tilesByZoom).toEqual(cover.countByZoom);
    expect(asked()).toEqual([]);
    expect(await hiking.download.audit(region)).toMatchObject({ max: cover.count, missing: cover.count });
    expect((await hiking.download.repair(region).done).stored).toBe(cover.count);
    expect((await hiking.download.update(region).done).changed).toBe(cover.count);
    expect(await hiking.download.audit(region)).toMatchObject({ missing: 0 });
    await hiking.download.cancel();
  });

  it("refuses what cannot be, with the error that says so", async () => {
    const { hiking, asked } = await open({ sources: [{ ...topo, maxZoom: 10 }, osm] });
    const start = async (changes: object, options?: object) =>
      hiking.download.startForeground({ ...region, ...changes }, options).done;
    const reasonOf = async (outcome: Promise<unknown>): Promise<FmtcError> =>
      outcome.then(
        () => expect.fail("was not refused"),
        (error) => error,
      );
    expect(await reasonOf(start({ source: "osm" }))).toBeInstanceOf(TilePolicyError);
    expect(await reasonOf(start({ source: "elsewhere" }))).toBeInstanceOf(UnknownSourceError);
    expect(await reasonOf(start({ source: "elsewhere" }))).toMatchObject({ known: ["topo", "osm"] });
    expect(await reasonOf(start({ maxZoom: 11 }))).toMatchObject({
      code: "REGION_INVALID",
      field: "maxZoom",
      value: 11,
    });
    await expect(hiking.download.check({ ...region, minZoom: 9 })).rejects.toThrow(RegionError);
    await expect(hiking.download.plan(region, { samplesPerZoom: -1 })).rejects.toThrow(OptionError);
    await expect(hiking.download.startBackground(region)).rejects.toThrow(/@fmtc\/background-android/);
    expect(asked()).toEqual([]);
    // What needs no sources to be known, at once.
    expect(() => hiking.download.startForeground({ ...region, minZoom: 99 })).toThrow(RegionError);
    expect(() => hiking.download.startForeground(region, { parallel: 0 })).toThrow(OptionError);
    expect(() => hiking.download.update(region, { buffer: -1 })).toThrow(OptionError);
    const first = hiking.download.startForeground(region);
    expect(await reasonOf(start({}))).toMatchObject({ download: first.id, store: "hiking" });
    expect(await reasonOf(start({}))).toBeInstanceOf(DuplicateDownloadError);
    await first.cancel();
  });

  it("says when a download has failed, and why", async () => {
    const store = await openMemoryStore();
    const { root } = await open({ store });
    const download = root.store("nowhere").download.startForeground(region);
    const { seen, end } = watch<DownloadProgress>(download.progress$);
    await expect(download.done).rejects.toThrow(StoreNotFoundError);
    expect(await end).toBe("complete");
    expect(seen.at(-1)).toMatchObject({ state: "failed", error: { code: "STORE_NOT_FOUND" } });
    expect(await watch<TileEvent>(download.tiles$).end).toBe("complete");
    await download.pause();
  });

  it("is closed once, and does nothing any more", async () => {
    const { root, hiking } = await open();
    const { end } = watch(root.changes$);
    await root.close();
    await root.close();
    expect(await end).toBe("complete");
    expect(() => hiking.download.startForeground(region)).toThrow(RootClosedError);
    await expect(root.stats()).rejects.toMatchObject({ code: expect.stringMatching(/^(ROOT|STORE)_CLOSED$/) });
  });
});
