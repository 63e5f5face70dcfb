import { StoreFullError, type TileWrite } from "@fmtc/core";
import { beforeEach, expect, it, onTestFinished } from "vitest";
import { cdp } from "vitest/browser";
import type { IdbStore } from "../src/index.ts";
import { keyAt, rejectionOf, testDatabase, tileAt } from "./test-database.ts";

const MEGABYTE = 2 ** 20;

/** Chromium trusts for a while in how much room there was, so the limit has to be there before the site stores anything. */
beforeEach(async () => {
  await cdp().send("Storage.clearDataForOrigin", { origin: location.origin, storageTypes: "indexeddb" });
  await limitRoom(6 * MEGABYTE);
  onTestFinished(() => limitRoom());
});

/** Gives this site no more room than this; without a number, as much as it had. */
async function limitRoom(quotaSize?: number): Promise<void> {
  const { origin } = location;
  await cdp().send("Storage.overrideQuotaForOrigin", { origin, ...(quotaSize === undefined ? {} : { quotaSize }) });
}

/** Tiles that no compression makes smaller. */
function noisyTiles(y: number, count: number, length: number): TileWrite[] {
  return Array.from({ length: count }, (_, x) => ({
    ...tileAt(x, y),
    bytes: crypto.getRandomValues(new Uint8Array(length)),
  }));
}

/** Commits a row of tiles after the other, until there is no room for one; returns how many there are, and the error. */
async function fillUp(store: IdbStore, count: number, length: number, firstRow = 0) {
  for (let y = firstRow; y < firstRow + 100; y++) {
    const error = await rejectionOf(store.commit({ store: "a", tiles: noisyTiles(y, count, length) }));
    if (error !== undefined) return { row: y, error };
  }
  throw new Error("There is no limit.");
}

it("a commit that there is no room for fails, and nothing of it is there", async () => {
  const store = await testDatabase().connect();
  await store.stores.create("a");
  const { row, error } = await fillUp(store, 50, 20_000);
  expect(error).toSatisfy(StoreFullError.isInstance);
  expect(error).toMatchObject({ cause: { name: "QuotaExceededError" } });
  expect(await store.stores.stats("a")).toMatchObject({ length: 50 * row, bytes: 1_000_000 * row });
  expect(await store.stats()).toMatchObject({ length: 50 * row, bytes: 1_000_000 * row });
  const keys = noisyTiles(row, 50, 0);
  expect(await store.tiles.has(keys)).toEqual(keys.map(() => false));
  expect(await store.tiles.read(keyAt(0, row))).toBeUndefined();
  expect((await store.tiles.read(keyAt(49, row - 1)))?.length).toBe(20_000);
});

it("it goes on when there is room again", async () => {
  const store = await testDatabase().connect();
  await store.stores.create("a");
  const { row } = await fillUp(store, 50, 20_000);
  await limitRoom();
  await store.commit({ store: "a", tiles: noisyTiles(row, 50, 20_000) });
  expect((await store.stores.stats("a")).length).toBe(50 * (row + 1));
});

it("commits that wait behind one without room fail or pass on their own", async () => {
  const store = await testDatabase().connect();
  await store.stores.create("a");
  const results = await Promise.allSettled([
    store.commit({ store: "a", tiles: noisyTiles(1, 2, 1_000) }),
    store.commit({ store: "a", tiles: noisyTiles(2, 400, 20_000) }),
    store.commit({ store: "a", tiles: noisyTiles(3, 2, 1_000) }),
  ]);
  expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect((await store.stores.stats("a")).length).toBe(4);
});

// IndexedDB refuses any writing then, that of a smaller record in the place of a greater one included.
it("a store can be deleted when the last byte is taken", async () => {
  const { connect } = testDatabase();
  const store = await connect();
  await store.stores.create("a");
  const { row } = await fillUp(store, 50, 20_000);
  const { error } = await fillUp(store, 1, 100, row);
  expect(error).toSatisfy(StoreFullError.isInstance);
  await expect(store.stores.create("b")).rejects.toSatisfy(StoreFullError.isInstance);
  const { length, bytes } = await store.stores.stats("a");
  expect(await store.stores.delete("a")).toEqual({ removed: length, deleted: length, bytes });
  expect(await store.stats()).toMatchObject({ length: 0, bytes: 0, stores: [] });
});
