import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { openSqliteStore } from "../src/index.ts";
import { opened, testPath } from "./opened.ts";
import { recount } from "./recount.ts";
import { bytesOf, keyAt } from "./tiles.ts";

const sea = (places: readonly number[], bytes: Uint8Array) =>
  places.map((place) => ({ ...keyAt(place), bytes, storedAt: 1 }));

test.each([0, 100, 30_000])("equal tiles of %i bytes are kept once, until the last of them goes", async (length) => {
  const path = testPath();
  const store = await opened(path, { worker: false });
  await store.stores.create("a");
  const bytes = bytesOf(1, length);
  await store.commit({ store: "a", tiles: sea([0, 1, 2], bytes) });
  await store.commit({ store: "a", tiles: sea([3, 4], bytes) });
  expect(usesOf(path)).toEqual([5]);
  expect((await store.stats()).bytes).toBe(5 * bytes.length);

  await store.tiles.remove("a", [keyAt(0), keyAt(1)]);
  await store.commit({ store: "a", tiles: sea([2], bytesOf(2, 50)) });
  expect(usesOf(path)).toEqual([2, 1]);
  expect((await store.tiles.read(keyAt(4)))?.bytes).toEqual(bytes);

  await store.tiles.remove("a", [keyAt(2), keyAt(3), keyAt(4)]);
  expect(usesOf(path)).toEqual([]);
  const { kept, counted } = recount(path);
  expect(kept).toEqual(counted);
});

test("tiles that only look equal to the fingerprint are kept apart", async () => {
  const path = testPath();
  const store = await opened(path, { worker: false });
  await store.stores.create("a");
  // Of so many bytes, every eighth one is looked at, from the last on.
  const variants = Array.from({ length: 12 }, (_, i) => {
    const bytes = bytesOf(1, 1024);
    bytes[512] = i;
    return bytes;
  });
  const tiles = variants.flatMap((bytes, i) => sea([2 * i, 2 * i + 1], bytes));
  await store.commit({ store: "a", tiles });
  expect(distinctFingerprints(path)).toBe(1);
  for (const [i, bytes] of variants.entries()) {
    expect((await store.tiles.read(keyAt(2 * i)))?.bytes).toEqual(bytes);
    expect((await store.tiles.read(keyAt(2 * i + 1)))?.bytes).toEqual(bytes);
  }
});

test("what is known to be shared is found by those that open the database later", async () => {
  const path = testPath();
  const bytes = bytesOf(1, 5_000);
  for (const begin of [0, 10, 20]) {
    const store = await openSqliteStore(path, { worker: false });
    await store.stores.create("a");
    await store.commit({ store: "a", tiles: sea([begin, begin + 1], bytes) });
    await store.close();
  }
  expect(usesOf(path)).toEqual([6]);
});

function usesOf(path: string): unknown[] {
  return query(path, "SELECT uses FROM blobs ORDER BY id").map(({ uses }) => uses);
}

function distinctFingerprints(path: string): unknown {
  return query(path, "SELECT count(DISTINCT fingerprint) AS count FROM blobs")[0]?.count;
}

function query(path: string, sql: string) {
  const database = new DatabaseSync(path, { readOnly: true });
  const rows = database.prepare(sql).all();
  database.close();
  return rows;
}
