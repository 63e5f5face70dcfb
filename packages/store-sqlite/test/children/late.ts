import { rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { openSqliteStore } from "../../src/index.ts";
import { mountDisk, outcomeOf, takeAllRoom } from "../full-disk.ts";
import { keyAt, tilesFrom } from "../tiles.ts";

// Opens a database on a disk that was filled while nobody had it open, but for what it takes to read it: folder, and
// "worker" or "direct".
const [folder = "", how = ""] = process.argv.slice(2);
const path = join(folder, "tiles.db");
const options = { worker: how === "worker" };
const SHARED_MEMORY_BYTES = 32_768;

mountDisk(folder, "100m");
let store = await openSqliteStore(path, options);
await store.stores.create("a");
await store.commit({ store: "a", tiles: tilesFrom(0, 10) });
await store.close();

const spare = join(folder, "spare");
writeFileSync(spare, new Uint8Array(SHARED_MEMORY_BYTES + 4096));
takeAllRoom(folder);
console.log(`open: ${await outcomeOf(openSqliteStore(path, options))}`);
rmSync(spare);
store = await openSqliteStore(path, options);
console.log(`read: ${(await store.tiles.read(keyAt(9)))?.length} bytes`);
console.log(`commit: ${await outcomeOf(store.commit({ store: "a", tiles: tilesFrom(10, 20) }))}`);
console.log(`${countSessions()} sessions`);
truncateSync(join(folder, "ballast"));
console.log(`commit: ${await outcomeOf(store.commit({ store: "a", tiles: tilesFrom(10, 20) }))}`);
console.log(`${countSessions()} sessions`);
await store.close();
console.log(`${countSessions()} sessions`);

function countSessions(): number {
  const database = new DatabaseSync(path);
  const { count } = database.prepare("SELECT count(*) AS count FROM sessions").get() as { count: number };
  database.close();
  return count;
}
