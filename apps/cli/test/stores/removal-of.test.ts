import { COVER_ORDER, circle, coverOf, toDownloadable } from "@fmtc/core";
import { openSqliteStore, type SqliteStore } from "@fmtc/store-sqlite";
import { beforeEach, describe, expect, it } from "vitest";
import { removalOf } from "../../src/stores/removal-of.ts";

const id = "3f9k2abcdefghijklmno";
const whole = { region: undefined, age: undefined, isDryRun: false, options: {}, config: undefined };

let store: SqliteStore;
beforeEach(async () => {
  store = await openSqliteStore(":memory:");
  await store.stores.create("hiking");
  const region = toDownloadable(circle({ lat: 47, lng: 11 }, 1_000), {
    minZoom: 8,
    maxZoom: 9,
    source: { id: "topo" },
  });
  await store.downloads.put({
    id,
    store: "hiking",
    createdAt: 1,
    region,
    total: coverOf(region).count,
    coverOrder: COVER_ORDER,
    options: {},
    progress: { state: "paused", updatedAt: 1, finished: [], counts: {} },
  });
  return () => store.close();
});

const begin = () => store.downloads.acquire(id, { owner: "another", now: Date.now(), expiresAt: Date.now() + 60_000 });

describe("the removal of a store", () => {
  it("takes its downloads with it, and says so", async () => {
    await store.stores.create("city");
    const { question, carryOut } = await removalOf(store, "hiking", whole);
    expect(question).toBe('Store "hiking" and its paused download 3f9k2abc: no tiles. Delete?');
    expect(await carryOut()).toEqual({
      did: 'Deleted store "hiking" and its paused download 3f9k2abc: no tiles.',
      value: { store: "hiking", downloads: [id], removed: 0, deleted: 0, bytes: 0 },
    });
    expect(await store.stores.list()).toEqual(["city"]);
    expect(await store.downloads.list()).toEqual([]);
    expect((await removalOf(store, "city", whole)).value).toMatchObject({ downloads: [] });
  });

  it("is refused while a download runs, also one that has begun while the user was asked", async () => {
    const { carryOut } = await removalOf(store, "hiking", whole);
    await begin();
    await expect(carryOut()).rejects.toMatchObject({ code: "STORE_IN_USE" });
    await expect(removalOf(store, "hiking", whole)).rejects.toMatchObject({ code: "STORE_IN_USE" });
    expect(await store.stores.list()).toEqual(["hiking"]);
    const dry = await removalOf(store, "hiking", { ...whole, isDryRun: true });
    expect(dry.would).toBe('Would delete store "hiking" and its running download 3f9k2abc: no tiles.');
  });
});
