import { DownloadNotFoundError, DuplicateDownloadError, StoreFullError, type TileStore } from "@fmtc/core";
import { openMemoryStore } from "@fmtc/core/testing";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { cover, openTestRoot, region, settled } from "./root-fixture.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("a download of a region that there is a download of", () => {
  it("of the same region into the same store is refused, unless it is asked for", async () => {
    const { hiking } = await openTestRoot();
    const first = hiking.download.startForeground(region);
    const again = () => hiking.download.startForeground(structuredClone(region));
    expect(again).toThrow(DuplicateDownloadError);
    expect(again).toThrow(new RegExp(first.id));
    await settled(hiking.download.startForeground(region, { allowDuplicate: true }).done);
    await settled(first.done);
    expect((await settled(again().done)).skippedBy.existing).toBe(cover.count);
  });

  it("of the same region that another root runs is refused too", async () => {
    const { hiking, store } = await openTestRoot({ delayMs: 1_000 });
    const first = hiking.download.startForeground(region);
    await vi.advanceTimersByTimeAsync(100);
    const other = await openTestRoot({ store });
    await expect(settled(other.hiking.download.startForeground(region).done)).rejects.toMatchObject({
      code: "DOWNLOAD_DUPLICATE",
      download: first.id,
    });
  });

  it("takes the place of one of the same region that was interrupted or is paused elsewhere", async () => {
    const { hiking, store, root } = await openTestRoot();
    const last = hiking.download.startForeground(region, { id: "old", buffer: 20 });
    await vi.advanceTimersByTimeAsync(250);
    await settled(last.pause());
    const other = await openTestRoot({ store });
    const download = other.hiking.download.startForeground(region);
    await vi.advanceTimersByTimeAsync(0);
    expect((await store.downloads.list()).map(({ id }) => id)).toEqual([download.id]);
    const { stored, skippedBy } = await settled(download.done);
    expect(skippedBy.existing).toBeGreaterThan(10);
    expect(stored + skippedBy.existing).toBe(cover.count);
    expect(await root.recovery.list()).toEqual([]);
    await Promise.all([
      expect(settled(last.resume())).rejects.toThrow(DownloadNotFoundError),
      expect(last.done).rejects.toThrow(DownloadNotFoundError),
    ]);
  });

  it("takes no other's place, and none if it cannot be recorded itself", async () => {
    const store = await openMemoryStore();
    const { hiking, root } = await openTestRoot({ store: { ...store, close: async () => {} } });
    const south = { ...region, end: 9 };
    const old = [region, south].map((each, i) => hiking.download.startForeground(each, { id: `old-${i}` }));
    await vi.advanceTimersByTimeAsync(10);
    await settled(root.close());
    await Promise.allSettled(old.map(({ done }) => done));
    const full = async () => {
      throw new StoreFullError("The disk is full.");
    };
    const states = async () => (await store.downloads.list()).map(({ id, lease }) => [id, lease?.expiresAt]);
    const cramped = await openTestRoot({ store: { ...store, downloads: { ...store.downloads, put: full } } });
    await expect(settled(cramped.hiking.download.startForeground(region).done)).rejects.toThrow(StoreFullError);
    expect(await states()).toEqual([
      ["old-0", 0],
      ["old-1", 0],
    ]);
    const { hiking: again } = await openTestRoot({ store });
    await settled(again.download.startForeground(region, { allowDuplicate: true }).done);
    expect(await states()).toHaveLength(2);
    await settled(again.download.startForeground(region).done);
    expect(await states()).toEqual([["old-1", 0]]);
  });

  it("of the same region is begun by one of two who begin it at the same moment, whatever they find there", async () => {
    for (let delay = 0; delay < 40; delay++) {
      const store = await openMemoryStore();
      const old = (await openTestRoot({ store })).hiking.download.startForeground(region, { id: "old" });
      await vi.advanceTimersByTimeAsync(30);
      await settled(old.pause());
      // Each call takes its time, so that those of the two fall between each other.
      const slowly = (seed: number): TileStore => {
        let turn = seed;
        const later =
          <Args extends unknown[], T>(call: (...args: Args) => Promise<T>) =>
          async (...args: Args): Promise<T> => {
            turn = (turn * 48_271) % 2_147_483_647;
            await new Promise((resolve) => setTimeout(resolve, turn % 4));
            return call(...args);
          };
        const { list, get, put, acquire, remove, release, ...others } = store.downloads;
        const slow = { list, get, put, acquire, remove, release };
        const slowed = Object.fromEntries(Object.entries(slow).map(([name, call]) => [name, later(call as never)]));
        return { ...store, downloads: { ...others, ...slowed } as TileStore["downloads"] };
      };
      const options = { update: delay % 3 === 0 };
      const one = (await openTestRoot({ store: slowly(delay + 1) })).hiking.download.startForeground(region);
      const other = (await openTestRoot({ store: slowly(99 - delay) })).hiking.download.startForeground(
        region,
        options,
      );
      const ends = await settled(Promise.allSettled([one.done, other.done]));
      const failures = ends.flatMap((end) => (end.status === "rejected" ? [end.reason.code] : []));
      expect(failures, `${delay}`).toEqual(["DOWNLOAD_DUPLICATE"]);
      expect(await store.downloads.list()).toEqual([]);
    }
  });

  it("with the id of one that was interrupted takes its place", async () => {
    const { hiking, store } = await openTestRoot();
    await settled(hiking.download.startForeground(region, { id: "mine" }).pause());
    const other = await openTestRoot({ store });
    await settled(other.hiking.download.startForeground(region, { id: "mine" }).done);
    expect(await store.downloads.list()).toEqual([]);
  });

  it("does not take the place of what gets more than it does", async () => {
    const more = [{ update: true }, { update: "stale" as const }, { skipExisting: false }, { skipSea: false }];
    for (const options of [...more, { pruneSeaBelow: 10 }]) {
      const { hiking, store } = await openTestRoot();
      await settled(hiking.download.startForeground(region, { ...options, id: "old" }).pause());
      const other = await openTestRoot({ store });
      await settled(other.hiking.download.startForeground(region, { pruneSeaBelow: 8 }).done);
      expect((await store.downloads.list()).map(({ id }) => id)).toEqual(["old"]);
      expect((await store.downloads.get("old"))?.lease).toMatchObject({ expiresAt: 0 });
      await settled(other.hiking.download.startForeground(region, { ...options, skipExisting: false }).done);
      expect(await store.downloads.list(), JSON.stringify(options)).toEqual([]);
    }
  });

  it("leaves nothing behind that blocks the next one when an old record cannot be removed", async () => {
    const { hiking, store } = await openTestRoot();
    await settled(hiking.download.startForeground(region, { id: "old" }).pause());
    const remove: typeof store.downloads.remove = (id, ...rest) =>
      id === "old" ? Promise.reject(new StoreFullError("The disk is full.")) : store.downloads.remove(id, ...rest);
    const { hiking: cramped } = await openTestRoot({ store: { ...store, downloads: { ...store.downloads, remove } } });
    expect(await settled(cramped.download.startForeground(region).done)).toMatchObject({ state: "completed" });
    expect((await store.downloads.list()).map(({ id, lease }) => [id, lease?.expiresAt])).toEqual([["old", 0]]);
    const last = await openTestRoot({ store });
    await settled(last.hiking.download.startForeground(region).done);
    expect(await store.downloads.list()).toEqual([]);
  });

  it("without recovery is refused while another root runs the region", async () => {
    const { hiking, store } = await openTestRoot({ delayMs: 1_000 });
    hiking.download.startForeground(region);
    await vi.advanceTimersByTimeAsync(100);
    const other = await openTestRoot({ store });
    const start = (allowDuplicate: boolean) =>
      settled(other.hiking.download.startForeground(region, { recovery: false, allowDuplicate }).done);
    await expect(start(false)).rejects.toMatchObject({ code: "DOWNLOAD_DUPLICATE" });
    expect((await start(true)).state).toBe("completed");
  });
});
