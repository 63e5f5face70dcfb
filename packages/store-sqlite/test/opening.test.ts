import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { StoreInputError, StoreUnavailableError, StoreVersionError } from "@fmtc/core";
import { describe, expect, test } from "vitest";
import { openSqliteStore } from "../src/index.ts";
import { opened, testPath } from "./opened.ts";
import { keyAt, tilesFrom } from "./tiles.ts";

describe.each([{ worker: true }, { worker: false }])("opening, with %o", (options) => {
  test("makes the file that is missing, or takes one that is empty", async () => {
    const path = testPath();
    writeFileSync(path, "");
    const store = await opened(path, options);
    await store.stores.create("a");
    await store.close();
    expect(readFileSync(path).toString("latin1", 0, 15)).toBe("SQLite format 3");
  });

  test("takes a database in which nothing was ever made, as a process leaves it that ends while it makes one", async () => {
    const path = testPath();
    const database = new DatabaseSync(path);
    database.exec("PRAGMA auto_vacuum = INCREMENTAL");
    database.close();
    expect(readFileSync(path).length).toBeGreaterThan(0);
    const store = await opened(path, options);
    await store.stores.create("a");
    expect(await store.stores.list()).toEqual(["a"]);
  });

  test("leaves one file behind, however often it is opened and closed", async () => {
    const path = testPath();
    for (let i = 0; i < 3; i++) {
      const store = await openSqliteStore(path, options);
      await store.stores.create(`store ${i}`);
      await store.close();
      expect(readdirSync(dirname(path))).toEqual(["tiles.db"]);
    }
  });

  test("keeps what belongs to a file beside the file, whatever link leads to it", async () => {
    const path = testPath();
    await (await openSqliteStore(path, options)).close();
    const link = testPath();
    symlinkSync(path, link);
    const store = await opened(link, options);
    await store.stores.create("a");
    await store.commit({ store: "a", tiles: tilesFrom(0, 10) });
    expect(readdirSync(dirname(link))).toEqual(["tiles.db"]);
    expect(readdirSync(dirname(path))).toContain("tiles.db-reserve");
    expect((await store.stats()).diskBytes).toBeGreaterThan(statSync(path).size + statSync(`${path}-wal`).size);
  });

  test("refuses a path whose folder is missing, and one that is a folder", async () => {
    const path = testPath();
    mkdirSync(path);
    await expect(openSqliteStore(path, options)).rejects.toThrow(StoreUnavailableError);
    await expect(openSqliteStore(path, options)).rejects.toThrow("is a folder");
    await expect(openSqliteStore(join(path, "none", "tiles.db"), options)).rejects.toThrow(StoreUnavailableError);
  });

  test.each([
    ["a text", (path: string) => writeFileSync(path, "Dear diary, ".repeat(1000))],
    ["a few bytes", (path: string) => writeFileSync(path, "SQLite")],
    ["a database of another application", (path: string) => otherDatabase(path, "PRAGMA application_id = 1")],
    ["a database of none", (path: string) => otherDatabase(path, "PRAGMA journal_mode = WAL")],
  ])("refuses %s and leaves it untouched", async (_, write) => {
    const path = testPath();
    write(path);
    const before = readFileSync(path);
    await expect(openSqliteStore(path, options)).rejects.toThrow(StoreUnavailableError);
    await expect(openSqliteStore(path, options)).rejects.toThrow("left as it is");
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(readdirSync(dirname(path))).toEqual(["tiles.db"]);
  });

  test("refuses a newer version and leaves it untouched, even if only the -wal file tells of it", async () => {
    const path = testPath();
    await (await openSqliteStore(path, options)).close();
    const newer = new DatabaseSync(path);
    newer.exec("PRAGMA user_version = 7");
    expect(existsSync(`${path}-wal`)).toBe(true);
    const before = readFileSync(path);
    await expect(openSqliteStore(path, options)).rejects.toMatchObject({
      code: "STORE_VERSION",
      found: 7,
      supported: 1,
    });
    expect(readFileSync(path).equals(before)).toBe(true);

    newer.close();
    const closed = readFileSync(path);
    await expect(openSqliteStore(path, options)).rejects.toThrow(StoreVersionError);
    expect(readFileSync(path).equals(closed)).toBe(true);
  });

  test("goes back to where the program was when it opened it", async () => {
    const path = testPath();
    const folder = process.cwd();
    // Threads cannot change it, and the suite runs in processes.
    process.chdir(dirname(path));
    const store = await openSqliteStore("tiles.db", options);
    process.chdir(folder);
    await store.stores.create("a");
    await store.commit({ store: "a", tiles: tilesFrom(0, 10) });
    expect(await store.tiles.has([keyAt(9)])).toEqual([true]);
    await store.close();
    expect(existsSync(path)).toBe(true);
  });
});

test.each([
  ["path", "", {}],
  ["path", "a\0b", {}],
  ["path", 7, {}],
  ["worker", "tiles.db", { worker: 1 }],
  ["busyTimeoutMs", "tiles.db", { busyTimeoutMs: -1 }],
  ["maxFileBytes", "tiles.db", { maxFileBytes: Number.NaN }],
  ["check", "tiles.db", { check: "sometimes" }],
])("refuses an invalid %s", async (field, path, options) => {
  const open: (path: never, options: never) => Promise<unknown> = openSqliteStore;
  await expect(open(path as never, options as never)).rejects.toThrow(StoreInputError);
  await expect(open(path as never, options as never)).rejects.toMatchObject({ field });
});

function otherDatabase(path: string, pragma: string): void {
  const database = new DatabaseSync(path);
  database.exec(`${pragma}; CREATE TABLE bookmarks (url TEXT); INSERT INTO bookmarks VALUES ('here')`);
  database.close();
}
