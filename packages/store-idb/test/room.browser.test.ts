import { expect, it, onTestFinished, vi } from "vitest";
import { testDatabase, tileAt } from "./test-database.ts";

it("tells how much room the site has", async () => {
  const store = await testDatabase().connect();
  await store.stores.create("a");
  const before = await store.estimate();
  const bytes = crypto.getRandomValues(new Uint8Array(60_000));
  await store.commit({ store: "a", tiles: Array.from({ length: 50 }, (_, x) => ({ ...tileAt(x, 0), bytes })) });
  const after = await store.estimate();
  expect(after?.quotaBytes).toBeGreaterThan(after?.usageBytes ?? Infinity);
  expect(after?.usageBytes).toBeGreaterThan((before?.usageBytes ?? 0) + 2_000_000);
  const { diskBytes, availableBytes } = await store.stats();
  expect(diskBytes).toBe(after?.usageBytes);
  expect(availableBytes).toBe((after?.quotaBytes ?? 0) - (after?.usageBytes ?? 0));
});

it("tells whether the browser keeps what the site stores", async () => {
  const store = await testDatabase().connect();
  expect([await store.persist(), await store.persisted()]).toEqual([false, false]);
});

it("tells nothing where the browser does not", async () => {
  vi.spyOn(navigator, "storage", "get").mockReturnValue(undefined as never);
  onTestFinished(() => void vi.restoreAllMocks());
  const store = await testDatabase().connect();
  await store.stores.create("a");
  await store.commit({ store: "a", tiles: [tileAt(1, 1)] });
  expect(await store.estimate()).toBeUndefined();
  expect([await store.persist(), await store.persisted()]).toEqual([false, false]);
  const { diskBytes, availableBytes } = await store.stats();
  expect({ diskBytes, availableBytes }).toEqual({ diskBytes: 10, availableBytes: undefined });
});
