import { statSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { TileNotFoundError } from "@fmtc/core";
import { describe, expect, test, vi } from "vitest";
import { openSqliteStore } from "../src/index.ts";
import { opened, testPath } from "./opened.ts";
import { recount } from "./recount.ts";
import { keyAt, tilesFrom } from "./tiles.ts";

const MANY = 5_000;
const NOTHING_LEFT = { length: 0, bytes: 0 };

describe("a store that takes long to clear away", () => {
  test("is gone at once, for reads, scans, stats and commits", async () => {
    const path = testPath();
    const store = await opened(path, { worker: false });
    await store.stores.create("big");
    await store.stores.create("small");
    await store.commit({ store: "big", tiles: tilesFrom(0, MANY) });
    await store.commit({ store: "small", tiles: [{ ...keyAt(0), storedAt: 9 }] });

    const freed = await store.stores.delete("big");
    expect(freed).toEqual({ removed: MANY, deleted: MANY - 1, bytes: (MANY - 1) * 100 });
    // Most of it is still there, where nobody looks.
    expect(tilesInFile(path)).toBeGreaterThan(MANY / 2);
    expect(await store.stats()).toMatchObject({ length: 1, bytes: 100, stores: ["small"] });
    expect(await store.tiles.read(keyAt(MANY - 1))).toBeUndefined();
    expect(await store.tiles.has([keyAt(0), keyAt(MANY - 1)])).toEqual([true, false]);
    const keep = { store: "small", tiles: [{ ...keyAt(MANY - 1), storedAt: 9 }] };
    await expect(store.commit(keep)).rejects.toThrow(TileNotFoundError);
    await store.commit({ store: "small", tiles: tilesFrom(MANY - 2, MANY, 7) });
    expect((await store.tiles.read(keyAt(MANY - 1)))?.bytes.length).toBe(7);
    expect(await store.stats()).toMatchObject({ length: 3, bytes: 114 });

    const scanned = [];
    for await (const { x } of store.tiles.scan()) scanned.push(x);
    expect(scanned.length).toBe(3);
    await store.reclaim();
    expect(tilesInFile(path)).toBe(3);
    const { kept, counted } = recount(path);
    expect(kept).toEqual(counted);
  });

  test("is cleared by the next one that opens the database, when this one could not finish", async () => {
    const path = testPath();
    const store = await openSqliteStore(path, { worker: false });
    await store.stores.create("big");
    await store.commit({ store: "big", tiles: tilesFrom(0, MANY) });
    await store.stores.delete("big");
    await store.close();
    expect(tilesInFile(path)).toBeGreaterThan(0);

    await opened(path);
    await vi.waitFor(() => expect(tilesInFile(path)).toBe(0), { timeout: 30_000 });
  });

  test("frees what two removed stores shared, and says so", async () => {
    const store = await opened(testPath(), { worker: false });
    const tiles = tilesFrom(0, MANY);
    for (const name of ["a", "b"]) {
      await store.stores.create(name);
      await store.commit({ store: name, tiles });
    }
    expect(await store.stores.delete("a")).toEqual({ removed: MANY, deleted: 0, bytes: 0 });
    expect(await store.stores.reset("b")).toEqual({ removed: MANY, deleted: MANY, bytes: MANY * 100 });
    expect(await store.stats()).toMatchObject({ ...NOTHING_LEFT, stores: ["b"] });
  });
});

describe("room that was freed", () => {
  test("goes back to the disk by itself, but for some that the next tiles will need", async () => {
    const path = testPath();
    const store = await opened(path);
    await store.stores.create("a");
    await store.commit({ store: "a", tiles: tilesFrom(0, 2_000, 20_000) });
    const before = (await store.stats()).diskBytes;
    await store.stores.delete("a");
    await vi.waitFor(async () => expect((await store.stats()).diskBytes).toBeLessThan(before / 2), { timeout: 30_000 });
  });

  test("goes back as a whole when asked for, while commits and reads go on", async () => {
    const path = testPath();
    const store = await opened(path);
    await store.stores.create("a");
    await store.stores.create("b");
    // What is kept lies between what goes, so it has to be moved.
    for (let i = 0; i < 20; i++) {
      await store.commit({ store: "a", tiles: tilesFrom(i * 100, i * 100 + 90, 10_000) });
      await store.commit({ store: "b", tiles: tilesFrom(i * 100 + 90, i * 100 + 100, 10_000) });
    }
    await store.stores.delete("a");
    const before = (await store.stats()).diskBytes;
    const reclaiming = store.reclaim();
    await store.commit({ store: "b", tiles: tilesFrom(3_000, 3_010, 10_000) });
    expect((await store.tiles.read(keyAt(90)))?.length).toBe(10_000);
    await reclaiming;
    const { bytes } = await store.reclaim();
    expect(bytes).toBeGreaterThanOrEqual(0);
    const after = (await store.stats()).diskBytes;
    expect(after).toBe(statSync(path).size + statSync(`${path}-reserve`).size);
    expect(after).toBeLessThan(before / 5);
    for (let i = 0; i < 20; i++) expect((await store.tiles.read(keyAt(i * 100 + 99)))?.length).toBe(10_000);
    const { kept, counted } = recount(path);
    expect(kept).toEqual(counted);
  });

  test("is reported as the files have shrunk", async () => {
    const path = testPath();
    const store = await opened(path, { worker: false });
    await store.stores.create("a");
    await store.commit({ store: "a", tiles: tilesFrom(0, 100, 20_000) });
    await store.reclaim();
    const before = statSync(path).size;
    await store.stores.delete("a");
    const walBefore = statSync(`${path}-wal`).size;
    const { bytes } = await store.reclaim();
    expect(bytes).toBe(before + walBefore - statSync(path).size);
    expect(bytes).toBeGreaterThan(100 * 19_000);
  });
});

function tilesInFile(path: string): number {
  const database = new DatabaseSync(path, { readOnly: true });
  const { count } = database.prepare("SELECT count(*) AS count FROM tiles").get() as { count: number };
  database.close();
  return count;
}
