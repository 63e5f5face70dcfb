import { StoreClosedError, StoreUnavailableError } from "@fmtc/core";
import { deleteDB, openDB } from "idb";
import { describe, expect, it, onTestFinished } from "vitest";
import { openDatabase } from "../src/open-database.ts";
import { MIGRATIONS } from "../src/schema.ts";
import { completion, keyAt, testDatabase, tileAt } from "./test-database.ts";

/** Opens a database as the next version of this package would. */
async function openAsNext(name: string, events: Partial<Parameters<typeof openDatabase>[1]> = {}) {
  const { database } = await openDatabase(name, {
    timeoutMs: 30_000,
    migrations: [...MIGRATIONS, (upgraded) => void upgraded.createObjectStore<never>("new" as never)],
    onBlocked: () => undefined,
    onVersionChange: () => undefined,
    onTerminated: () => undefined,
    ...events,
  });
  onTestFinished(() => database.close());
  return database;
}

describe("when another tab opens the database in a newer version", () => {
  it("closes at once, so that the other can go on", async () => {
    const { name, connect } = testDatabase();
    const store = await connect();
    await store.stores.create("a");
    const completed = completion(store);
    const blocked: true[] = [];
    const newer = await openAsNext(name, { onBlocked: () => blocked.push(true) });
    expect(newer.version).toBe(2);
    expect(blocked).toEqual([]);
    await completed;
  });

  it("says why it is closed", async () => {
    const { name, connect } = testDatabase();
    const store = await connect();
    await openAsNext(name);
    const calls = [store.stores.list(), store.stores.create("a"), store.tiles.read(keyAt(1, 1)), store.stats()];
    for (const call of calls) {
      await expect(call).rejects.toSatisfy(StoreClosedError.isInstance);
      await expect(call).rejects.toThrow(/another tab has opened it in a newer version/);
    }
    await expect(store.tiles.scan()[Symbol.asyncIterator]().next()).rejects.toSatisfy(StoreClosedError.isInstance);
    await store.close();
  });

  it("finishes what it has begun, and refuses what waits", async () => {
    const { name, connect } = testDatabase();
    const store = await connect();
    await store.stores.create("a");
    const told: string[] = [];
    store.changes$.subscribe(({ kind }) => told.push(kind));
    const begun = store.commit({ store: "a", tiles: [tileAt(1, 1)] });
    const waiting = store.commit({ store: "a", tiles: [tileAt(2, 2)] });
    const results = await Promise.allSettled([begun, waiting, openAsNext(name)]);
    const [first, second] = results;
    expect(first.status).toBe("fulfilled");
    // The news of the other tab comes when it comes: before the second commit's turn, or after it.
    const isSecondDone = second.status === "fulfilled";
    if (second.status === "rejected") expect(second.reason).toSatisfy(StoreClosedError.isInstance);
    expect(told).toEqual(isSecondDone ? ["tiles", "tiles"] : ["tiles"]);
    const raw = await openDB(name);
    expect(await raw.count("packs")).toBe(told.length);
    raw.close();
  });
});

describe("when another tab does not close an older version", () => {
  it("says so, waits, and goes on when it does", async () => {
    const { name, connect } = testDatabase();
    await (await connect()).close();
    const old = await openDB(name, 1);
    const newer = await openAsNext(name, { onBlocked: () => old.close() });
    expect(newer.version).toBe(2);
  });

  it("gives up after the time it was given", async () => {
    const { name, connect } = testDatabase();
    await (await connect()).close();
    const old = await openDB(name, 1);
    const opening = openAsNext(name, { timeoutMs: 50 });
    await expect(opening).rejects.toSatisfy(StoreUnavailableError.isInstance);
    await expect(opening).rejects.toThrow(/still open in an older version.*not closed in time.*Close the other tabs/);
    old.close();
    // What opens too late is closed again, so nothing keeps the database from being deleted.
    await deleteDB(name);
  });
});

it("gives up when IndexedDB does not answer", async () => {
  const { name, connect } = testDatabase();
  await (await connect()).close();
  const holding = await openDB(name, 1);
  const deletion = deleteDB(name);
  const opening = connect({ openTimeoutMs: 50 });
  await expect(opening).rejects.toSatisfy(StoreUnavailableError.isInstance);
  await expect(opening).rejects.toThrow(/has not opened the database .* in time/);
  holding.close();
  await deletion;
});

it("lets another tab delete the database", async () => {
  const { name, connect } = testDatabase();
  const store = await connect();
  await store.stores.create("a");
  const completed = completion(store);
  await deleteDB(name);
  await completed;
  await expect(store.stores.list()).rejects.toThrow(/another tab has deleted it/);
});
