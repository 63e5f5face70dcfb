import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { openSqliteStore, type SqliteStore } from "../../src/index.ts";
import { mountDisk, outcomeOf, takeAllRoom } from "../full-disk.ts";
import { bytesOf, keyAt, tilesFrom } from "../tiles.ts";

// Fills a small disk, and prints what can be done on it: folder, and "worker" or "direct". Before each step others take
// all room to the last byte, that which the step before it has freed included; but not while a thread tidies up.
const [folder = "", how = ""] = process.argv.slice(2);
const path = join(folder, "tiles.db");
const options = { worker: how === "worker" };
const SIZE = 8_000;
const BATCH = 50;

if (how === "crash") {
  const store = await openSqliteStore(path, { worker: false });
  await store.tiles.remove("a", [keyAt(30)]);
  takeAllRoom(folder);
  process.kill(process.pid, "SIGKILL");
}

mountDisk(folder, "40m");
let store = await openSqliteStore(path, options);
for (const name of ["a", "b", "c"]) {
  await store.stores.create(name);
}
await store.commit({ store: "b", tiles: tilesFrom(10_000, 10_000 + BATCH, SIZE) });
await store.commit({ store: "c", tiles: tilesFrom(20_000, 20_000 + BATCH, SIZE) });
const commit = (begin: number) => store.commit({ store: "a", tiles: tilesFrom(begin, begin + BATCH, SIZE) });
let length = 0;
let isTidying = false;
while ((await outcomeOf(commit(length))) === "done") length += BATCH;

await step("read", () => expectTiles(store, 0, length));
await step("set much metadata", async () => {
  for (let i = 0; i < 1_000; i++) await store.metadata.set("a", { [`mood ${i}`]: "cramped ".repeat(512) });
});
await step("remove", () =>
  store.tiles.remove(
    "a",
    [0, 1, 2].map((place) => keyAt(place)),
  ),
);
await step("evict", () => store.tiles.evictOldest("a", { maxLength: length - 10 }));
await step("remove older", () => store.tiles.removeOlderThan("a", 1_000 + 20));
await step("reset", () => store.stores.reset("b"));
await step("delete", () => store.stores.delete("c"));
await step("reclaim", () => store.reclaim());
// This time the others go.
rmSync(join(folder, "ballast"));
console.log(`set metadata: ${await outcomeOf(store.metadata.set("a", { mood: "relaxed" }))}`);
await step("close", () => store.close());
await step("open", async () => {
  store = await openSqliteStore(path, options);
});
await step("read", () => expectTiles(store, 20, length));
await step("remove", () => store.tiles.remove("a", [keyAt(20)]));
await step("close", () => store.close());
const { signal } = spawnSync(process.execPath, [...process.execArgv, process.argv[1] ?? "", folder, "crash"]);
console.log(`in another process: ${signal}`);
await step("open", async () => {
  store = await openSqliteStore(path, options);
});
await step("read", () => expectTiles(store, 31, length));
await step("remove older", () => store.tiles.removeOlderThan("a", 1_000 + length - 20));
// This time nobody takes what was freed.
console.log(`commit: ${await outcomeOf(commit(0))}`);
await store.close();

store = await openSqliteStore(path, { ...options, check: "always" });
await expectTiles(store, 0, BATCH);
await expectTiles(store, length - 20, length);
console.log(`${(await store.stats()).length} tiles`);
await store.close();

async function step(what: string, act: () => Promise<unknown>): Promise<void> {
  if (!isTidying) takeAllRoom(folder);
  isTidying = options.worker && what !== "close";
  console.log(`${what}: ${await outcomeOf(act())}`);
}

async function expectTiles(store: SqliteStore, begin: number, end: number): Promise<void> {
  for (let place = begin; place < end; place++) {
    const tile = await store.tiles.read(keyAt(place));
    if (tile === undefined || Buffer.compare(tile.bytes, bytesOf(place, SIZE)) !== 0) {
      throw new Error(`Tile ${place} is lost.`);
    }
  }
}
