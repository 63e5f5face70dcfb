import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, rmSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { StoreFullError } from "@fmtc/core";
import { describe, expect, test } from "vitest";
import { runChild } from "./child.ts";
import { opened, testPath } from "./opened.ts";
import { recount } from "./recount.ts";
import { keyAt, tilesFrom } from "./tiles.ts";

describe.each([{ worker: true }, { worker: false }])("beyond maxFileBytes, with %o", ({ worker }) => {
  test("a commit is refused, and goes on once there is room", async () => {
    const path = testPath();
    const store = await opened(path, { worker, maxFileBytes: 4 * 2 ** 20 });
    await store.stores.create("a");
    await store.stores.create("b");
    await store.commit({ store: "a", tiles: tilesFrom(0, 200, 8_000) });
    const more = { store: "b", tiles: tilesFrom(200, 530, 8_000) };
    expect((await store.stats()).availableBytes).toBeLessThan(2_640_000);
    await expect(store.commit(more)).rejects.toThrow(StoreFullError);
    expect(await store.stats()).toMatchObject({ length: 200, bytes: 1_600_000 });
    expect(await store.tiles.has([keyAt(199), keyAt(200)])).toEqual([true, false]);

    await store.stores.delete("a");
    await store.commit(more);
    expect(await store.stats()).toMatchObject({ length: 330, bytes: 2_640_000 });
    const { kept, counted } = recount(path);
    expect(kept).toEqual(counted);
  });

  test("a removed store makes room at once, though it is not cleared away yet", async () => {
    const store = await opened(testPath(), { worker, maxFileBytes: 8 * 2 ** 20 });
    for (const name of ["a", "b"]) await store.stores.create(name);
    await store.commit({ store: "a", tiles: tilesFrom(0, 1_600, 3_500) });
    const removed = store.stores.delete("a");
    await store.commit({ store: "b", tiles: tilesFrom(2_000, 3_600, 3_500) });
    expect(await removed).toMatchObject({ removed: 1_600 });
    expect((await store.stats()).length).toBe(1_600);
  });
});

test("where files may not grow beyond a size, a commit is refused as on a full disk", async () => {
  const folder = dirname(testPath());
  // The shell's limit on the size of files, in blocks of 512 bytes, needs no rights, unlike a small disk.
  const wrapper = ["sh", "-c", 'ulimit -f 8000; exec "$@"', "sh"];
  const lines = await runChild("fill", [folder], { wrapper });
  expect(lines).toEqual(["STORE_FULL", "all that was acknowledged", "all of it, opened again"]);
});

// Mounting a disk takes rights that not every machine grants; then the limits above stand for it.
describe.each(waysToMount())("on a full disk (%s)", (...wrapper) => {
  const run = (script: string, how: string) => runChild(script, [dirname(testPath()), how], { wrapper });

  test("a commit is refused, and goes on once there is room", async () => {
    const lines = await run("fill", "mount");
    expect(lines).toEqual(["STORE_FULL", "all that was acknowledged", "gone on", "all of it, opened again"]);
  });

  test.each(["worker", "direct"])("all that needs no more room goes on without room (%s)", async (how) => {
    expect(await run("full", how)).toEqual([
      done("read"),
      "set much metadata: STORE_FULL",
      ...["remove", "evict", "remove older", "reset", "delete", "reclaim", "set metadata"].map(done),
      ...["close", "open", "read", "remove", "close"].map(done),
      "in another process: SIGKILL",
      ...["open", "read", "remove older", "commit"].map(done),
      "70 tiles",
    ]);
  });

  test.each(["worker", "direct"])(
    "it can be read with hardly any room, and is written once there is (%s)",
    async (how) => {
      expect(await run("late", how)).toEqual([
        "open: STORE_FULL",
        "read: 100 bytes",
        "commit: STORE_FULL",
        "0 sessions",
        "commit: done",
        "1 sessions",
        "0 sessions",
      ]);
    },
  );
});

describe("the reserve", () => {
  test("is as large as what the database has to take in, and goes with the last one who closes it", async () => {
    const path = testPath();
    const [first, second] = [await opened(path), await opened(path, { worker: false })];
    await first.stores.create("a");
    await first.commit({ store: "a", tiles: tilesFrom(0, 100, 8_000) });
    expect(sizeOf(`${path}-reserve`)).toBeGreaterThan(sizeOf(`${path}-wal`));
    await first.close();
    expect(existsSync(`${path}-reserve`)).toBe(true);
    await second.close();
    expect(readdirSync(dirname(path))).toEqual(["tiles.db"]);
  });

  test("counts as room that the database takes, and grows no larger than the next commits need it", async () => {
    const path = testPath();
    const store = await opened(path);
    await store.stores.create("a");
    await store.commit({ store: "a", tiles: tilesFrom(0, 500, 100_000) });
    const after = sizeOf(`${path}-reserve`);
    expect(after).toBeGreaterThan(50_000_000);
    const files = ["", "-wal", "-reserve"].map((suffix) => sizeOf(path + suffix));
    expect((await store.stats()).diskBytes).toBe(files.reduce((sum, size) => sum + size));
    for (let i = 0; i < 3; i++) await store.commit({ store: "a", tiles: tilesFrom(500 + i, 501 + i) });
    expect(sizeOf(`${path}-reserve`)).toBeLessThan(after);
    await store.reclaim();
    expect(sizeOf(`${path}-reserve`)).toBe(4 * 2 ** 20);
  });

  test("goes with the database, if that was deleted", async () => {
    const path = testPath();
    const store = await opened(path);
    await store.stores.create("a");
    await store.commit({ store: "a", tiles: tilesFrom(0, 1) });
    rmSync(path);
    await store.close();
    expect(existsSync(`${path}-reserve`)).toBe(false);
  });
});

function done(step: string): string {
  return `${step}: done`;
}

function sizeOf(path: string): number {
  return statSync(path).size;
}

/** Commands under which a process can mount what nobody else sees. */
function waysToMount(): string[][] {
  const ways = [
    ["unshare", "--mount"],
    ["unshare", "--user", "--map-root-user", "--mount"],
  ];
  const first = ways.find(([command = "", ...options]) => {
    const { status } = spawnSync(command, [...options, "mount", "-t", "tmpfs", "tmpfs", "/mnt"]);
    return status === 0;
  });
  return first === undefined ? [] : [first];
}
