import {
  COVER_ORDER,
  DownloadInProgressError,
  DownloadNotFoundError,
  type DownloadRecord,
  DownloadUnfinishedError,
  LeaseLostError,
  openRoot,
  type RecoverableDownload,
  type TileStore,
  UnknownSourceError,
} from "@fmtc/core";
import { createMemoryDatabase, openMemoryStore, statusResponse, tileResponse } from "@fmtc/core/testing";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { cover, everyUrl, openTestRoot, region, settled, topo, urlsIn } from "./root-fixture.ts";

const LEASE_MS = 30_000;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A root on a store that stops to answer, as a process does that is killed. */
async function openMortalRoot(store: TileStore, options: Parameters<typeof openTestRoot>[0] = {}) {
  let isDead = false;
  const alive =
    <Args extends unknown[], T>(call: (...args: Args) => Promise<T>) =>
    (...args: Args): Promise<T> =>
      isDead ? new Promise(() => {}) : call(...args);
  const { acquire, renew, release, remove, put } = store.downloads;
  const downloads = {
    ...store.downloads,
    acquire: alive(acquire),
    renew: alive(renew),
    release: alive(release),
    remove: alive(remove),
    put: alive(put),
  };
  const opened = await openTestRoot({ ...options, store: { ...store, commit: alive(store.commit), downloads } });
  return {
    ...opened,
    kill: () => {
      isDead = true;
    },
  };
}

/** A download that was interrupted after a while, and another root on the same store. */
async function interrupted(options: Parameters<typeof openTestRoot>[0] = {}, afterMs = 255) {
  const store = await openMemoryStore();
  const first = await openMortalRoot(store, options);
  first.hiking.download.startForeground(region, { id: "d", buffer: 20 });
  await vi.advanceTimersByTimeAsync(afterMs);
  first.kill();
  const second = await openTestRoot({ ...options, store });
  return { store, first, second };
}

const outline = (downloads: readonly RecoverableDownload[]) => downloads.map(({ id, state }) => ({ id, state }));

describe("a download on record", () => {
  it("is listed with what there is to know of it, and is gone when it is done with", async () => {
    const { root, hiking } = await openTestRoot({ delayMs: 100 });
    const download = hiking.download.startForeground(region, { buffer: 20 });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await root.recovery.list()).toEqual([
      {
        id: download.id,
        store: "hiking",
        region,
        state: "running-here",
        createdAt: expect.any(Number),
        updatedAt: expect.any(Number),
        max: cover.count,
        attempted: expect.any(Number),
        failed: 0,
        resume: expect.any(Function),
        retryFailed: expect.any(Function),
        discard: expect.any(Function),
      },
    ]);
    await settled(download.pause());
    expect(outline(await root.recovery.list())).toEqual([{ id: download.id, state: "paused" }]);
    await download.resume();
    await settled(download.done);
    expect(await root.recovery.list()).toEqual([]);
    expect(await root.recovery.get(download.id)).toBeUndefined();
  });

  it("runs elsewhere as long as its lease is alive, and has failed when that has expired", async () => {
    const { second } = await interrupted();
    expect(outline(await second.root.recovery.list())).toEqual([{ id: "d", state: "running-elsewhere" }]);
    expect(await second.root.recovery.failed()).toEqual([]);
    await vi.advanceTimersByTimeAsync(LEASE_MS + 1);
    expect(outline(await second.root.recovery.failed())).toEqual([{ id: "d", state: "failed" }]);
  });

  it("is told of whenever it changes", async () => {
    const { root, hiking } = await openTestRoot();
    const seen: string[] = [];
    root.recovery.changes$.subscribe((list) => seen.push(list.map(({ state }) => state).join()));
    const download = hiking.download.startForeground(region, { id: "d" });
    await vi.advanceTimersByTimeAsync(10);
    await settled(download.pause());
    await vi.advanceTimersByTimeAsync(5_000);
    await download.resume();
    await settled(download.done);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(seen.filter((each, i) => each !== seen[i - 1])).toEqual(["", "paused", ""]);
  });
});

it("keeps its lease while tiles are slow to come", async () => {
  const { hiking, store } = await openTestRoot({ delayMs: 20 * LEASE_MS });
  const { id } = hiking.download.startForeground(region);
  await vi.advanceTimersByTimeAsync(10 * LEASE_MS);
  const other = await openTestRoot({ store });
  await expect(other.root.recovery.resume(id)).rejects.toThrow(DownloadInProgressError);
});

it("after a crash at any moment, everything comes, and what was committed is not asked for again", async () => {
  for (const afterMs of [0, 10, 75, 160, 300, 480, 700]) {
    const { store, first, second } = await interrupted(
      { answer: ({ url }, nth) => (url.endsWith("3") && nth === 1 ? statusResponse(404) : tileResponse(url)) },
      afterMs,
    );
    await vi.advanceTimersByTimeAsync(2 * LEASE_MS);
    const committed = new Set(await urlsIn(store));
    const [failed] = await second.root.recovery.failed();
    if (failed === undefined) continue;
    const last = await settled((await failed.resume()).done);
    expect(second.asked().filter((url) => committed.has(url))).toEqual([]);
    expect(new Set(second.asked()).size).toBe(second.asked().length);
    expect(last.attempted).toBe(cover.count);
    expect(first.asked().length + second.asked().length - cover.count).toBeLessThanOrEqual(20 + 5);
    expect((await urlsIn(store)).length).toBe(cover.count - last.failed);
  }
});

describe("resume", () => {
  it("asks for exactly what was not committed", async () => {
    const { store, first, second } = await interrupted();
    const committed = new Set(await urlsIn(store));
    expect(committed.size).toBeGreaterThan(20);
    await vi.advanceTimersByTimeAsync(LEASE_MS);
    const [failed] = await second.root.recovery.failed();
    expect(failed?.attempted).toBe(committed.size);
    const download = await failed?.resume();
    expect(download?.id).toBe("d");
    if (download === undefined) return;
    const last = await settled(download.done);
    expect(last).toMatchObject({ state: "completed", stored: cover.count, failed: 0, max: cover.count });
    expect(second.asked().toSorted()).toEqual(everyUrl.filter((url) => !committed.has(url)).toSorted());
    expect(first.asked().length + second.asked().length - cover.count).toBeLessThanOrEqual(20 + 5);
    expect(await urlsIn(store)).toEqual(everyUrl);
    expect(await second.root.recovery.list()).toEqual([]);
  });

  it("goes on with the options it was started with", async () => {
    const store = await openMemoryStore();
    const first = await openMortalRoot(store);
    first.hiking.download.startForeground(region, {
      id: "d",
      parallel: 2,
      rateLimit: 20,
      buffer: { tiles: 8, bytes: 1_000 },
    });
    await vi.advanceTimersByTimeAsync(1_000);
    first.kill();
    await vi.advanceTimersByTimeAsync(LEASE_MS);
    const { root, transport } = await openTestRoot({ store });
    const download = await root.recovery.resume("d");
    const begun = Date.now();
    let most = 0;
    download.tiles$.subscribe(() => {
      most = Math.max(most, transport.underWay());
    });
    const { max, attempted } = await settled(download.done);
    expect(attempted).toBe(max);
    expect(Date.now() - begun).toBeGreaterThan(((cover.count - 30) / 20) * 1_000);
    expect(most).toBeLessThanOrEqual(2);
  });

  it("is refused while another runs it, and the other is not disturbed", async () => {
    const store = await openMemoryStore();
    const { hiking } = await openTestRoot({ store });
    const download = hiking.download.startForeground(region, { id: "d" });
    await vi.advanceTimersByTimeAsync(100);
    const other = await openTestRoot({ store });
    await expect(other.root.recovery.resume("d")).rejects.toThrow(DownloadInProgressError);
    await expect(other.root.recovery.discard("d")).rejects.toThrow(DownloadInProgressError);
    expect(await settled(download.done)).toMatchObject({ state: "completed", stored: cover.count });
  });

  it("takes over when the lease has expired, and the first one stops without another write", async () => {
    const store = await openMemoryStore();
    // A process that is stopped renews nothing, and wakes up much later.
    let isStopped = false;
    const whenAwake =
      <Args extends unknown[], T>(call: (...args: Args) => Promise<T>) =>
      async (...args: Args): Promise<T> => {
        while (isStopped) await new Promise((resolve) => setTimeout(resolve, 1_000));
        return call(...args);
      };
    const sleepy = {
      ...store,
      commit: whenAwake(store.commit),
      downloads: { ...store.downloads, renew: whenAwake(store.downloads.renew) },
    };
    const first = (await openTestRoot({ store: sleepy })).hiking.download.startForeground(region, {
      id: "d",
      buffer: 20,
    });
    const ended = expect(first.done).rejects.toThrow(LeaseLostError);
    await vi.advanceTimersByTimeAsync(150);
    isStopped = true;
    await vi.advanceTimersByTimeAsync(2 * LEASE_MS);
    const second = await openTestRoot({ store });
    const download = await second.root.recovery.resume("d");
    await vi.advanceTimersByTimeAsync(50);
    const { length } = await urlsIn(store);
    isStopped = false;
    await vi.advanceTimersByTimeAsync(1_000);
    await ended;
    expect((await urlsIn(store)).length).toBeGreaterThanOrEqual(length);
    expect(await settled(download.done)).toMatchObject({ state: "completed", stored: cover.count });
  });

  it("does not wait for the lease if the platform knows that its owner is gone, and never doubts one that lives", async () => {
    const { store } = await interrupted();
    let life: "alive" | "gone" = "alive";
    const presence = {
      enter: async () => ({ owner: "second", leave: async () => {} }),
      find: async () => life,
    };
    const { root } = await openTestRoot({ store: { ...store, presence } });
    await vi.advanceTimersByTimeAsync(2 * LEASE_MS);
    expect(outline(await root.recovery.list())).toEqual([{ id: "d", state: "running-elsewhere" }]);
    await expect(root.recovery.resume("d")).rejects.toThrow(DownloadInProgressError);
    vi.setSystemTime(Date.now() - 2 * LEASE_MS);
    life = "gone";
    expect(outline(await root.recovery.list())).toEqual([{ id: "d", state: "failed" }]);
    expect(await settled((await root.recovery.resume("d")).done)).toMatchObject({ state: "completed" });
  });

  it("of one that runs here returns it, and goes on if it is paused", async () => {
    const { root, hiking } = await openTestRoot();
    const download = hiking.download.startForeground(region, { id: "d" });
    await vi.advanceTimersByTimeAsync(100);
    await settled(download.pause());
    expect(await settled(root.recovery.resume("d"))).toBe(download);
    expect(await settled(download.done)).toMatchObject({ state: "completed" });
  });

  it("asked for twice at once gives the same download", async () => {
    const { second } = await interrupted();
    await vi.advanceTimersByTimeAsync(LEASE_MS);
    const { recovery } = second.root;
    const [one, other] = await settled(Promise.all([recovery.resume("d"), recovery.resume("d")]));
    expect(one).toBe(other);
    await settled(one.done);
  });

  it("of what is paused and was gone on with elsewhere ends here, rather than go back", async () => {
    const store = await openMemoryStore();
    const own = await openTestRoot({ store });
    const first = own.hiking.download.startForeground(region, { id: "d" });
    await vi.advanceTimersByTimeAsync(100);
    await settled(first.pause());
    const other = await openTestRoot({ store });
    const second = await settled(other.root.recovery.resume("d"));
    await vi.advanceTimersByTimeAsync(100);
    expect(outline(await own.root.recovery.list())).toEqual([{ id: "d", state: "running-elsewhere" }]);
    await expect(first.resume()).rejects.toThrow(DownloadInProgressError);
    await settled(second.pause());
    const ended = expect(first.done).rejects.toThrow(LeaseLostError);
    await expect(settled(first.resume())).rejects.toThrow(LeaseLostError);
    await ended;
    await settled(second.resume());
    expect(await settled(second.done)).toMatchObject({ stored: cover.count });
    expect(other.asked().filter((url) => url.endsWith("/0/0/0"))).toEqual([]);
  });

  it("of what is not there, or has an unknown source, says so and leaves the record as it was", async () => {
    const { store, second } = await interrupted();
    await vi.advanceTimersByTimeAsync(LEASE_MS);
    await expect(second.root.recovery.resume("nothing")).rejects.toThrow(DownloadNotFoundError);
    const elsewhere = await openTestRoot({ store, sources: [{ ...topo, id: "other" }] });
    await expect(elsewhere.root.recovery.resume("d")).rejects.toThrow(UnknownSourceError);
    expect(outline(await second.root.recovery.failed())).toEqual([{ id: "d", state: "failed" }]);
    await settled((await second.root.recovery.resume("d")).done);
  });

  it("of one that was killed when all was done, but for its record, ends it at once", async () => {
    const store = await openMemoryStore();
    const downloads = { ...store.downloads, remove: () => new Promise<never>(() => {}) };
    const first = await openTestRoot({ store: { ...store, downloads } });
    first.hiking.download.startForeground(region, { id: "d" });
    await vi.advanceTimersByTimeAsync(2 * LEASE_MS);
    const second = await openTestRoot({ store });
    await store.downloads.release("d", { epoch: 1 });
    expect(outline(await second.root.recovery.failed())).toEqual([{ id: "d", state: "failed" }]);
    const last = await settled((await second.root.recovery.resume("d")).done);
    expect(last).toMatchObject({ state: "completed", stored: cover.count, percentage: 100 });
    expect(second.asked()).toEqual([]);
    expect(await second.root.recovery.list()).toEqual([]);
  });

  it("of a record that counts tiles in another order goes by what the store has", async () => {
    const { store, second } = await interrupted();
    await vi.advanceTimersByTimeAsync(LEASE_MS);
    const { lease: _, ...record } = (await store.downloads.get("d")) as DownloadRecord;
    await store.downloads.remove("d");
    await store.downloads.put({ ...record, coverOrder: COVER_ORDER + 1 });
    const committed = new Set(await urlsIn(store));
    const download = await second.root.recovery.resume("d");
    expect(await settled(download.done)).toMatchObject({ state: "completed", max: cover.count });
    expect(second.asked().filter((url) => committed.has(url))).toEqual([]);
    expect(await urlsIn(store)).toEqual(everyUrl);
    expect(await store.downloads.list()).toEqual([]);
  });
});

describe("tiles that have failed", () => {
  const broken = everyUrl.filter((url) => url.includes("/7/6"));
  const answer = (isMended: () => boolean) => (request: { url: string }) =>
    !isMended() && broken.includes(request.url) ? statusResponse(404) : tileResponse(request.url);

  it("are kept with their reasons, a page at a time, and tried again alone", async () => {
    let isMended = false;
    const { root, hiking, asked, store } = await openTestRoot({ answer: answer(() => isMended) });
    const { id, done } = hiking.download.startForeground(region);
    expect(await settled(done)).toMatchObject({ state: "completed", failedBy: { negative: broken.length } });
    expect(await root.recovery.get(id)).toMatchObject({ state: "incomplete", failed: broken.length });
    const tiles = await root.recovery.failedTiles(id);
    expect(tiles).toHaveLength(broken.length);
    expect(tiles[0]).toMatchObject({ z: 7, reason: "negative", detail: "status 404", attempts: 1 });
    const [, second] = tiles;
    expect(await root.recovery.failedTiles(id, { after: tiles[0]?.index, limit: 1 })).toEqual([second]);

    const before = asked().length;
    const again = await settled(root.recovery.retryFailed(id));
    expect(await settled(again.done)).toMatchObject({ failed: broken.length, stored: cover.count - broken.length });
    expect(asked().slice(before).toSorted()).toEqual(broken.toSorted());
    expect((await root.recovery.failedTiles(id))[0]).toMatchObject({ attempts: 2 });

    isMended = true;
    const last = await settled((await root.recovery.retryFailed(id)).done);
    expect(last).toMatchObject({ failed: 0, stored: cover.count, attempted: cover.count });
    expect(await root.recovery.list()).toEqual([]);
    expect(await urlsIn(store)).toEqual(everyUrl);
  });

  it("are tried by one at a time, however often that is asked for, and not while the download runs", async () => {
    const { root, hiking } = await openTestRoot({ answer: answer(() => false) });
    const { id, done, ...running } = hiking.download.startForeground(region);
    await vi.advanceTimersByTimeAsync(50);
    await settled(running.pause());
    await expect(root.recovery.retryFailed(id)).rejects.toThrow(DownloadUnfinishedError);
    await running.resume();
    expect((await settled(done)).state).toBe("completed");
    const [one, other] = await Promise.all([root.recovery.retryFailed(id), root.recovery.retryFailed(id)]);
    expect(one).toBe(other);
    expect(await root.recovery.retryFailed(id)).toBe(one);
    expect(await settled(one.done)).toMatchObject({ state: "completed", failed: broken.length });
  });

  it("of a download that was interrupted have to wait until it is through", async () => {
    const { second } = await interrupted({ answer: answer(() => false) });
    await vi.advanceTimersByTimeAsync(LEASE_MS);
    await expect(second.root.recovery.retryFailed("d")).rejects.toThrow(DownloadUnfinishedError);
    expect(outline(await second.root.recovery.failed())).toEqual([{ id: "d", state: "failed" }]);
    expect(await settled((await second.root.recovery.resume("d")).done)).toMatchObject({ attempted: cover.count });
  });

  it("for now are tried at the end by whoever resumes", async () => {
    const flaky = everyUrl.slice(3, 9);
    const { second, store } = await interrupted(
      { answer: ({ url }, nth) => (flaky.includes(url) && nth < 4 ? statusResponse(500) : tileResponse(url)) },
      5_000,
    );
    await vi.advanceTimersByTimeAsync(LEASE_MS);
    const record = await second.root.recovery.get("d");
    if (record !== undefined) await settled((await record.resume()).done);
    expect(await urlsIn(store)).toEqual(everyUrl);
  });
});

describe("discard", () => {
  it("forgets what was interrupted, and keeps its tiles", async () => {
    const { store, second } = await interrupted();
    await vi.advanceTimersByTimeAsync(LEASE_MS);
    const tiles = (await urlsIn(store)).length;
    expect(await second.root.recovery.discard("d")).toBe(true);
    expect(await second.root.recovery.discard("d")).toBe(false);
    expect((await urlsIn(store)).length).toBe(tiles);
  });

  it("cancels what runs here, once what is under way has come", async () => {
    const { root, hiking, asked, store } = await openTestRoot({ delayMs: 1_000 });
    const { id, done } = hiking.download.startForeground(region);
    await vi.advanceTimersByTimeAsync(100);
    expect(await settled(root.recovery.discard(id))).toBe(true);
    expect((await done).state).toBe("cancelled");
    expect(await root.recovery.list()).toEqual([]);
    expect((await urlsIn(store)).toSorted()).toEqual(asked().toSorted());
  });
});

it("works with several connections to one database", async () => {
  const database = createMemoryDatabase();
  const one = await openTestRoot({ store: await openMemoryStore(database) });
  const { id } = one.hiking.download.startForeground(region);
  await vi.advanceTimersByTimeAsync(100);
  const transport = one.transport;
  const other = await openRoot({ store: await openMemoryStore(database), transport, sources: [topo] });
  expect(outline(await other.recovery.list())).toEqual([{ id, state: "running-elsewhere" }]);
});
