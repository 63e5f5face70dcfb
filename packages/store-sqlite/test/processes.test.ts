import { readdirSync } from "node:fs";
import { dirname } from "node:path";
import { expect, test } from "vitest";
import { runChild } from "./child.ts";
import { opened, testPath } from "./opened.ts";
import { recount } from "./recount.ts";
import { bytesOf, keyAt } from "./tiles.ts";

const BATCHES = 60;
const LENGTH = 50;
const SIZE = 2_000;
const TILES = 2 * BATCHES * LENGTH;

test("two processes write and a third reads at the same time, and nothing is lost", async () => {
  const path = testPath();
  const write = (name: string, first: number) => runChild("write", [path, name, first, BATCHES, LENGTH, SIZE]);
  const [a, b, [rounds]] = await Promise.all([
    write("a", 0),
    write("b", BATCHES),
    runChild("read", [path, TILES, SIZE]),
  ]);
  expect(a.length).toBe(BATCHES);
  expect(b.length).toBe(BATCHES);
  expect(Number(rounds)).toBeGreaterThan(0);

  const store = await opened(path);
  expect(await store.stats()).toMatchObject({ length: TILES, bytes: TILES * SIZE, stores: ["a", "b"] });
  for (const place of [0, TILES / 2, TILES - 1]) {
    expect((await store.tiles.read(keyAt(place)))?.bytes).toEqual(bytesOf(place, SIZE));
  }
  const { kept, counted } = recount(path);
  expect(kept).toEqual(counted);
  // Not before: of processes that close at the same moment, each may take another for the last one.
  await store.close();
  expect(readdirSync(dirname(path))).toEqual(["tiles.db"]);
});

test("two processes write the same tiles into the same store", async () => {
  const path = testPath();
  await Promise.all([1, 2].map(() => runChild("write", [path, "a", 0, BATCHES / 2, LENGTH, SIZE])));
  const store = await opened(path);
  expect(await store.stores.stats("a")).toMatchObject({ length: TILES / 4, bytes: (TILES / 4) * SIZE });
  const { kept, counted } = recount(path);
  expect(kept).toEqual(counted);
});

test("many processes open a database that is not there yet", async () => {
  const path = testPath();
  const names = ["a", "b", "c", "d", "e", "f"];
  await Promise.all(names.map((name, i) => runChild("write", [path, name, i, 1, LENGTH, SIZE])));
  const store = await opened(path);
  expect(await store.stats()).toMatchObject({ length: names.length * LENGTH, stores: names });
});
