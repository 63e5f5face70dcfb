import { expect, it, onTestFinished, vi } from "vitest";
import { keyAt, testDatabase, tileAt } from "./test-database.ts";

const progress = (state: "running" | "paused" | "completed") => ({ state, updatedAt: 1, finished: [], counts: {} });

/** The transactions that are begun from now on. */
function watchTransactions() {
  const spy = vi.spyOn(IDBDatabase.prototype, "transaction");
  onTestFinished(() => spy.mockRestore());
  return spy.mock.results;
}

it("reads that are asked for in one turn share a transaction", async () => {
  const store = await testDatabase().connect();
  await store.stores.create("a");
  await store.commit({ store: "a", tiles: [tileAt(1, 1), tileAt(2, 1), tileAt(3, 3)] });
  const transactions = watchTransactions();
  const keys = [keyAt(1, 1), keyAt(2, 1), keyAt(3, 3), keyAt(9, 9), keyAt(1, 1)];
  const tiles = await Promise.all(keys.map((key) => store.tiles.read(key)));
  expect(tiles.map((tile) => tile?.x)).toEqual([1, 2, 3, undefined, 1]);
  expect(transactions.length).toBe(1);
});

it("reads that come while others are under way share the next one", async () => {
  const store = await testDatabase().connect();
  await store.stores.create("a");
  await store.commit({ store: "a", tiles: [tileAt(1, 1)] });
  const transactions = watchTransactions();
  const first = store.tiles.read(keyAt(1, 1));
  await null;
  await null;
  const others = [2, 3, 4, 5].map((x) => store.tiles.read(keyAt(x, 1)));
  await Promise.all([first, ...others]);
  expect(transactions.length).toBe(2);
});

it("a read gets its turn between two writes", async () => {
  const store = await testDatabase().connect();
  await store.stores.create("a");
  await store.commit({ store: "a", tiles: [tileAt(0, 0)] });
  const done: string[] = [];
  const writes = [1, 2, 3, 4].map(async (x) => {
    await store.commit({ store: "a", tiles: [tileAt(x, 1)] });
    done.push(`write ${x}`);
  });
  const read = store.tiles.read(keyAt(0, 0)).then(() => done.push("read"));
  await Promise.all([...writes, read]);
  expect(done.indexOf("read")).toBeLessThan(done.indexOf("write 3"));
});

it("a commit is one transaction, however many tiles it has", async () => {
  const store = await testDatabase().connect();
  await store.stores.create("a");
  const tiles = Array.from({ length: 1_000 }, (_, i) => tileAt(i % 250, Math.floor(i / 250)));
  const transactions = watchTransactions();
  await store.commit({ store: "a", tiles });
  expect(transactions.length).toBe(1);
});

it("is strict where somebody is told that he may switch off, and relaxed elsewhere", async () => {
  const store = await testDatabase().connect();
  await store.stores.create("a");
  const region = { type: "rectangle", north: 1, south: 0, west: 0, east: 1 } as const;
  await store.downloads.put({
    id: "d",
    store: "a",
    createdAt: 1,
    region: { region, minZoom: 0, maxZoom: 8, source: "topo" },
    total: 9,
    coverOrder: 1,
    options: {},
    progress: progress("running"),
  });
  const transactions = watchTransactions();
  const { epoch } = await store.downloads.acquire("d", { owner: "one", now: 1, expiresAt: 2 });
  for (const state of ["running", "paused", "completed"] as const) {
    const checkpoint = { download: "d", epoch, progress: progress(state) };
    await store.commit({ store: "a", tiles: [tileAt(1, 1)], checkpoint });
  }
  await store.commit({ store: "a", tiles: [tileAt(1, 2)] });
  const durabilities = transactions.map(({ value }) => value.durability);
  expect(durabilities).toEqual(["relaxed", "relaxed", "strict", "strict", "relaxed"]);
});

it("stores no more of a buffer than the tile", async () => {
  const { name, connect } = testDatabase();
  const store = await connect();
  await store.stores.create("a");
  const whole = new Uint8Array(1_000_000);
  for (const [x, transfer] of [false, true].entries()) {
    await store.commit({ store: "a", tiles: [{ ...tileAt(x, 0), bytes: whole.subarray(5, 25) }], transfer });
  }
  const { openDB } = await import("idb");
  const raw = await openDB(name);
  const packs: ReadonlyMap<number, ArrayBuffer>[] = await raw.getAll("packs");
  const lengths = packs.flatMap((pack) => [...pack.values()]).map(({ byteLength }) => byteLength);
  raw.close();
  expect(lengths).toEqual([20, 20]);
});

it("a scan with bytes goes by what they weigh", async () => {
  const store = await testDatabase().connect();
  await store.stores.create("a");
  const tiles = Array.from({ length: 7 }, (_, x) => tileAt(x, 0, 1_500_000));
  await store.commit({ store: "a", tiles });
  const transactions = watchTransactions();
  const lengths: number[] = [];
  for await (const { bytes } of store.tiles.scan({ bytes: true })) lengths.push(bytes.length);
  expect(lengths).toEqual(tiles.map(({ bytes }) => bytes.length));
  expect(transactions.length).toBe(3);
});
