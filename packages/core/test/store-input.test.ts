import { circle, toDownloadable } from "@fmtc/core";
import { openMemoryStore } from "@fmtc/core/testing";
import { expect, it } from "vitest";

const key = { source: "s", z: 0, x: 0, y: 0 };
const refusal = (field: string) => expect.objectContaining({ code: "STORE_INPUT_INVALID", field });

const region = toDownloadable(circle({ lat: 0, lng: 0 }, 5), { minZoom: 0, maxZoom: 1, source: "s" });
const record = {
  id: "d",
  store: "a",
  createdAt: 0,
  region,
  total: 2,
  coverOrder: 1,
  options: {},
  progress: { state: "running" as const, updatedAt: 0, finished: [], counts: {} },
};

async function openStore() {
  const store = await openMemoryStore();
  await store.stores.create("a");
  return store;
}

it("refuses lists with holes", async () => {
  const store = await openStore();
  await expect(store.tiles.has(new Array(2))).rejects.toEqual(refusal("keys[0]"));
  await expect(store.commit({ store: "a", tiles: new Array(1) })).rejects.toEqual(refusal("tiles[0]"));
});

it("refuses bytes that have been transferred, which would be an empty tile", async () => {
  const store = await openStore();
  const bytes = new Uint8Array(8);
  structuredClone(bytes.buffer, { transfer: [bytes.buffer] });
  const commit = store.commit({ store: "a", tiles: [{ ...key, storedAt: 0, bytes }] });
  await expect(commit).rejects.toEqual(refusal("tiles[0].bytes"));
});

it("refuses metadata that is no plain object, of which nothing would be kept", async () => {
  const store = await openStore();
  const entries = new Map([["a", "b"]]);
  await expect(store.metadata.set("a", entries as never)).rejects.toEqual(refusal("metadata"));
});

it("refuses options that hold themselves", async () => {
  const store = await openStore();
  const options: { self?: unknown } = {};
  options.self = options;
  await expect(store.downloads.put({ ...record, options: options as never })).rejects.toThrow(/nested more than/);
});

it("keeps nothing of a record that it does not know: a field may hold a key", async () => {
  const store = await openStore();
  const leaky = {
    ...record,
    url: "https://t.example.org?key=SECRET",
    region: { ...region, headers: { key: "SECRET" } },
  };
  await store.downloads.put(leaky);
  expect(await store.downloads.get("d")).toEqual(record);
});

it("refuses options that it does not know: a misspelt dry run would be none", async () => {
  const store = await openStore();
  const misspelt = { dryrun: true } as never;
  await expect(store.tiles.remove("a", [key], misspelt)).rejects.toEqual(refusal("options.dryrun"));
  await expect(store.tiles.removeOlderThan("a", 5, misspelt)).rejects.toThrow(/There is dryRun/);
  await expect(store.tiles.evictOldest("a", { dryrun: true, maxLength: 0 } as never)).rejects.toEqual(
    refusal("limits.dryrun"),
  );
  await expect(store.stores.setLimits("a", { maxLenght: 1 } as never)).rejects.toEqual(refusal("limits.maxLenght"));
  await expect(store.tiles.has([key], { store: "a" } as never)).rejects.toEqual(refusal("filter.store"));
  const scan = store.tiles.scan({ store: "a" } as never)[Symbol.asyncIterator]();
  await expect(scan.next()).rejects.toEqual(refusal("filter.store"));
  await expect(store.commit({ store: "a", tiles: [], pin: true } as never)).rejects.toEqual(refusal("commit.pin"));
});

it("says what a time is to who gives a date", async () => {
  const store = await openStore();
  await expect(store.tiles.removeOlderThan("a", new Date() as never)).rejects.toThrow(/milliseconds since 1970/);
});
