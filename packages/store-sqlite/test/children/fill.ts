import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { FmtcError } from "@fmtc/core";
import { openSqliteStore } from "../../src/index.ts";
import { mountDisk } from "../full-disk.ts";
import { tilesFrom } from "../tiles.ts";

// Commits until there is no room, makes room, and goes on: folder, and "mount" to mount a small disk there first.
const [folder = "", how = ""] = process.argv.slice(2);
const DISK = "24m";
const BALLAST_BYTES = 16 * 2 ** 20;
if (how === "mount") mountDisk(folder, DISK);
const ballast = join(folder, "ballast");
if (how === "mount") writeFileSync(ballast, new Uint8Array(BALLAST_BYTES));

const store = await openSqliteStore(join(folder, "tiles.db"));
await store.stores.create("a");
let batches = 0;
const commit = () => store.commit({ store: "a", tiles: tilesFrom(batches * 50, batches * 50 + 50, 8_000) });
try {
  for (;;) {
    await commit();
    batches += 1;
  }
} catch (error) {
  if (!FmtcError.isInstance(error)) throw error;
  console.log(error.code);
}
const { length } = await store.stats();
console.log(length === batches * 50 ? "all that was acknowledged" : `${length} tiles of ${batches} batches`);
if (how === "mount") {
  rmSync(ballast);
  await commit();
  batches += 1;
  console.log("gone on");
}
await store.close();
const again = await openSqliteStore(join(folder, "tiles.db"), { check: "always" });
console.log((await again.stats()).length === batches * 50 ? "all of it, opened again" : "not all");
await again.close();
