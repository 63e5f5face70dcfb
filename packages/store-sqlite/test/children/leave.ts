import { openSqliteStore } from "../../src/index.ts";
import { tilesFrom } from "../tiles.ts";

// Leaves a store open behind it, in one of several ways: path, way.
const [path = "", way = ""] = process.argv.slice(2);
const store = await openSqliteStore(path);
await store.stores.create("a");
await store.commit({ store: "a", tiles: tilesFrom(0, 10) });
if (way === "pending") {
  store.commit({ store: "a", tiles: tilesFrom(10, 500, 10_000) });
  store.commit({ store: "a", tiles: tilesFrom(500, 510) });
}
if (way === "exit") process.exit(0);
if (way === "exit-while-pending") {
  store.commit({ store: "a", tiles: tilesFrom(10, 500, 10_000) });
  process.exit(0);
}
if (way === "crash") process.kill(process.pid, "SIGKILL");
console.log("left");
