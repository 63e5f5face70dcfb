import { StoreCorruptError } from "@fmtc/core";
import { openDB } from "idb";
import { expect, it } from "vitest";
import { keyAt, rejectionOf, testDatabase, tileAt } from "./test-database.ts";

/** A store whose second tile has lost its bytes, and whose third has others. */
async function damagedStore() {
  const { name, connect } = testDatabase();
  const store = await connect();
  await store.stores.create("a");
  await store.commit({ store: "a", tiles: [tileAt(1, 1), tileAt(2, 1), tileAt(3, 1)] });
  const raw = await openDB(name);
  const [key] = await raw.getAllKeys("packs");
  const [first, second, third] = (await raw.get("packs", key ?? "")).entries();
  await raw.put("packs", new Map([first, [third[0], new ArrayBuffer(4)]]), key);
  expect(second[1].byteLength).toBe(10);
  raw.close();
  return store;
}

it("a tile without its bytes is no tile: reading it fails, and reading others does not", async () => {
  const store = await damagedStore();
  const [sound, lost, other] = await Promise.allSettled([1, 2, 3].map((x) => store.tiles.read(keyAt(x, 1))));
  expect(sound).toMatchObject({ status: "fulfilled", value: { x: 1, length: 10 } });
  expect(lost).toMatchObject({ status: "rejected", reason: expect.any(StoreCorruptError) });
  expect(other).toMatchObject({ status: "rejected", reason: expect.any(StoreCorruptError) });
  expect(String(lost?.status === "rejected" && lost.reason)).toMatch(/tile 8\/2\/1 of source "topo" are not there/);
  expect(String(other?.status === "rejected" && other.reason)).toMatch(/are 4, but should be 10/);
});

it("a scan ends there, and what is said to do helps", async () => {
  const store = await damagedStore();
  const scan = async () => {
    for await (const _ of store.tiles.scan({ bytes: true }));
  };
  expect(await rejectionOf(scan())).toSatisfy(StoreCorruptError.isInstance);
  await store.tiles.remove("a", [keyAt(2, 1)]);
  await store.commit({ store: "a", tiles: [tileAt(3, 1)] });
  expect(await rejectionOf(scan())).toBeUndefined();
});
