import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { Worker } from "node:worker_threads";
import {
  circle,
  DownloadInProgressError,
  LeaseLostError,
  StoreExistsError,
  StoreNotFoundError,
  StoreUnavailableError,
  TileNotFoundError,
  toDownloadable,
} from "@fmtc/core";
import { describe, expect, onTestFinished, test } from "vitest";
import { opened, testPath } from "./opened.ts";
import { bytesOf, keyAt, tilesFrom } from "./tiles.ts";

describe("bytes that are transferred", () => {
  test("are handed over where they are many and a buffer of their own, and copied where others may own the rest", async () => {
    const store = await opened(testPath());
    await store.stores.create("a");
    const many = 20_000;
    const own = bytesOf(1, many);
    const few = bytesOf(4, 100);
    const shared = bytesOf(2, 2 * many).subarray(50, 50 + many);
    const pooled = Buffer.from("a tile in the pool of Node");
    const twice = bytesOf(3, many);
    const onSharedMemory = new Uint8Array(new SharedArrayBuffer(many)).fill(7);
    const onWasm = new Uint8Array(new WebAssembly.Memory({ initial: 1 }).buffer);
    const all = [
      own,
      shared,
      pooled,
      twice,
      twice,
      new Uint8Array(twice.buffer),
      onSharedMemory,
      onWasm,
      new Uint8Array(),
      few,
    ];
    const before = all.map((bytes) => Uint8Array.from(bytes));
    const commit = (indices: readonly number[]) =>
      store.commit({
        store: "a",
        transfer: true,
        tiles: indices.map((i) => ({ ...keyAt(i), bytes: all[i], storedAt: 1 })),
      });
    await commit([0, 1, 2, 3, 4, 5, 6, 8, 9]);
    expect(own.length).toBe(0);
    expect(shared.length).toBe(many);
    expect(pooled.toString()).toBe("a tile in the pool of Node");
    expect(twice.length).toBe(0);
    expect(onSharedMemory.length).toBe(many);
    expect(few.length).toBe(100);
    // What cannot be handed over although it looks like it is copied too, and others with it.
    await commit([7]);
    expect(onWasm.length).toBe(65_536);
    for (const [i, bytes] of before.entries()) expect((await store.tiles.read(keyAt(i)))?.bytes).toEqual(bytes);
  });

  test("are left as they are if nobody said that they may be taken", async () => {
    const store = await opened(testPath());
    await store.stores.create("a");
    const bytes = bytesOf(1, 100);
    await store.commit({ store: "a", tiles: [{ ...keyAt(0), bytes, storedAt: 1 }] });
    expect(bytes).toEqual(bytesOf(1, 100));
  });
});

test("errors come back as they were thrown, of their class and with their fields", async () => {
  const store = await opened(testPath());
  for (const name of ["a", "b"]) await store.stores.create(name);
  const caught = (failing: Promise<unknown>) => failing.catch((error: unknown) => error);
  const lost = await caught(store.stores.reset("none"));
  expect(lost).toBeInstanceOf(StoreNotFoundError);
  expect(lost).toMatchObject({ name: "StoreNotFoundError", code: "STORE_NOT_FOUND", store: "none" });
  expect(StoreNotFoundError.isInstance(lost)).toBe(true);
  expect(await caught(store.stores.rename("a", "b"))).toBeInstanceOf(StoreExistsError);
  const tile = await caught(store.commit({ store: "a", tiles: [{ ...keyAt(3), storedAt: 1 }] }));
  expect(tile).toBeInstanceOf(TileNotFoundError);
  expect(tile).toMatchObject({ tile: keyAt(3) });
  const region = toDownloadable(circle({ lat: 0, lng: 0 }, 1_000), { minZoom: 0, maxZoom: 1, source: "topo" });
  const progress = { state: "running" as const, updatedAt: 0, finished: [], counts: {} };
  const record = { id: "d", store: "a", createdAt: 0, region, total: 1, coverOrder: 1, options: {}, progress };
  await store.downloads.put(record);
  await store.downloads.acquire("d", { owner: "one", now: 0, expiresAt: 10 });
  const busy = await caught(store.downloads.acquire("d", { owner: "two", now: 0, expiresAt: 10 }));
  expect(busy).toBeInstanceOf(DownloadInProgressError);
  expect(busy).toMatchObject({ download: "d", lease: { owner: "one", epoch: 1, expiresAt: 10 } });
  const late = await caught(store.commit({ store: "a", tiles: [], checkpoint: { download: "d", epoch: 7, progress } }));
  expect(late).toBeInstanceOf(LeaseLostError);
  expect(late).toMatchObject({ epoch: 7, stack: expect.stringContaining("assertLease") });
});

describe("a thread that dies", () => {
  test.each([
    ["ended in the middle of a commit", { before: leaveAlone, after: (thread: Worker) => void thread.terminate() }],
    // It throws where nobody catches, as it does when it is out of memory.
    ["failed", { before: (thread: Worker) => thread.postMessage(null), after: leaveAlone }],
  ])("(%s) fails what was under way, and all that follows, but not reads", async (_, { before, after }) => {
    const path = testPath();
    const threads = startedThreads();
    const store = await opened(path);
    const [thread] = threads;
    if (thread === undefined) throw new Error("No thread was started.");
    await store.stores.create("a");
    await store.commit({ store: "a", tiles: tilesFrom(0, 10) });

    before(thread);
    const commits = [100, 3_000].map((begin) =>
      store.commit({ store: "a", tiles: tilesFrom(begin, begin + 2_900, 5_000) }),
    );
    const outcomes = Promise.allSettled([...commits, store.stores.create("b")]);
    after(thread);
    const failed = (await outcomes).filter(({ status }) => status === "rejected");
    expect(failed.length).toBeGreaterThan(0);
    for (const outcome of failed) expect(outcome).toMatchObject({ reason: expect.any(StoreUnavailableError) });
    await expect(store.stores.create("c")).rejects.toThrow(StoreUnavailableError);
    expect((await store.tiles.read(keyAt(3)))?.bytes).toEqual(bytesOf(3, 100));
    await store.close();

    const again = await opened(path);
    const { length } = await again.stores.stats("a");
    expect([10, 2_910, 5_810]).toContain(length);
  });
});

function leaveAlone(): void {}

/** The threads that are started from now on, in this test. */
function startedThreads(): Worker[] {
  const threads: Worker[] = [];
  const note = (message: unknown) => {
    threads.push((message as { worker: Worker }).worker);
  };
  subscribe("worker_threads", note);
  onTestFinished(() => void unsubscribe("worker_threads", note));
  return threads;
}
