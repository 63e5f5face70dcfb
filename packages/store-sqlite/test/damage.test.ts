import {
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  truncateSync,
  writeSync,
} from "node:fs";
import { hostname } from "node:os";
import { basename, dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { StoreCorruptError, StoreUnavailableError } from "@fmtc/core";
import { describe, expect, test } from "vitest";
import { openSqliteStore, type SqliteStore } from "../src/index.ts";
import { startChild } from "./child.ts";
import { opened, testPath } from "./opened.ts";
import { bytesOf, keyAt, tilesFrom } from "./tiles.ts";

const TILES = 2_000;

describe.each([{ worker: true }, { worker: false }])("with %o", (options) => {
  test("a truncated file is moved aside, and the next opening makes a new one", async () => {
    const path = await filled();
    truncateSync(path, statSync(path).size / 2);
    const damaged = readFileSync(path);

    const quarantine = await quarantineOf(openSqliteStore(path, options));
    expect(readFileSync(quarantine).equals(damaged)).toBe(true);
    expect(readdirSync(dirname(path)).every((name) => name.startsWith(basename(quarantine)))).toBe(true);

    const store = await opened(path, options);
    expect(await store.stats()).toMatchObject({ length: 0, stores: [] });
  });

  test("a crash makes the next opening find random bytes in the middle, and what belongs to the file goes with it", async () => {
    const path = testPath();
    const child = startChild("write", [path, "a", 0, 10_000, 100, 8_000]);
    let batches = 0;
    for await (const _ of child.lines) {
      batches += 1;
      if (batches === 30) child.kill();
    }
    await child.ended;
    damageMiddle(path);
    const [damaged, log] = [readFileSync(path), readFileSync(`${path}-wal`)];

    const quarantine = await quarantineOf(openSqliteStore(path, options));
    expect(readFileSync(quarantine).equals(damaged)).toBe(true);
    expect(readFileSync(`${quarantine}-wal`).equals(log)).toBe(true);
    expect(readdirSync(dirname(path)).every((name) => name.startsWith(basename(quarantine)))).toBe(true);
    await opened(path, options);
  });

  test("without a crash, or with the check turned off, a file is not checked", async () => {
    const path = await filled();
    damageMiddle(path);
    await (await openSqliteStore(path, options)).close();
    await (await openSqliteStore(path, { ...options, check: "never" })).close();
    await quarantineOf(openSqliteStore(path, { ...options, check: "always" }));
  });

  test("damage that is met in use is told, and the next opening checks the file", async () => {
    const path = await filled();
    const store = await openSqliteStore(path, options);
    damageMiddle(path);
    await expect(readAll(store)).rejects.toThrow(StoreCorruptError);
    await store.close();
    expect(existsSync(path)).toBe(true);
    await quarantineOf(openSqliteStore(path, options));
  });

  test("a damaged file that others have open is left in place", async () => {
    const path = await filled();
    const other = await opened(path, options);
    damageMiddle(path);
    const opening = openSqliteStore(path, { ...options, check: "always" });
    await expect(opening).rejects.toMatchObject({ code: "STORE_CORRUPT", quarantine: undefined });
    await expect(openSqliteStore(path, { ...options, check: "always" })).rejects.toThrow("others have it open");
    expect(await other.stores.list()).toEqual(["a"]);
  });

  test("a file that is moved away while it is open takes no more writes", async () => {
    const path = await filled();
    const store = await opened(path, options);
    renameSync(path, `${path}-elsewhere`);
    const commit = () => store.commit({ store: "a", tiles: tilesFrom(0, 1) });
    await expect(commit()).rejects.toThrow(StoreUnavailableError);
    expect((await store.tiles.read(keyAt(0)))?.bytes).toEqual(bytesOf(0, 4_000));
    renameSync(`${path}-elsewhere`, path);
    await commit();
  });
});

test("of two quarantines, neither takes the other's place", async () => {
  const path = testPath();
  const kept = new Set<string>();
  for (let i = 0; i < 3; i++) {
    const store = await openSqliteStore(path, { worker: false });
    await store.stores.create(`store ${i}`);
    await store.close();
    truncateSync(path, 20_000);
    kept.add(await quarantineOf(openSqliteStore(path, { worker: false })));
  }
  expect(kept.size).toBe(3);
});

test.each([
  ["of another machine", "elsewhere", process.pid, Date.now()],
  ["of an earlier process of the same number", hostname(), process.pid, 0],
  ["that a store left after damage", hostname(), 0, Date.now()],
])("a session %s counts as crashed", async (_, host, pid, startedAt) => {
  const path = await filled();
  const database = new DatabaseSync(path);
  database.prepare("INSERT INTO sessions (host, pid, process_started_at) VALUES (?, ?, ?)").run(host, pid, startedAt);
  database.close();
  damageMiddle(path);
  await quarantineOf(openSqliteStore(path, { worker: false }));
});

/** A file with tiles that was closed in good order. */
async function filled(): Promise<string> {
  const path = testPath();
  const store = await openSqliteStore(path, { worker: false });
  await store.stores.create("a");
  await store.commit({ store: "a", tiles: tilesFrom(0, TILES, 4_000) });
  await store.close();
  return path;
}

function damageMiddle(path: string): void {
  const { size } = statSync(path);
  const file = openSync(path, "r+");
  for (const part of [0.4, 0.5, 0.6])
    writeSync(file, bytesOf(1, Math.floor(size / 20)), 0, null, Math.floor(size * part));
  closeSync(file);
}

async function quarantineOf(opening: Promise<SqliteStore>): Promise<string> {
  const error: unknown = await opening.then(
    () => undefined,
    (reason) => reason,
  );
  if (!StoreCorruptError.isInstance(error) || error.quarantine === undefined)
    throw error ?? new Error("It was opened.");
  expect(existsSync(error.quarantine)).toBe(true);
  return error.quarantine;
}

async function readAll(store: SqliteStore): Promise<void> {
  for await (const _ of store.tiles.scan({ bytes: true }));
}
