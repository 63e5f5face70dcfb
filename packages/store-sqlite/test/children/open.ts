import { FmtcError } from "@fmtc/core";
import { openSqliteStore } from "../../src/index.ts";
import { tilesFrom } from "../tiles.ts";

// Opens a database and writes a tile, as a user who owns nothing, and prints "written" or the code of the error: path.
const [path = ""] = process.argv.slice(2);
const NOBODY = 65_534;
if (process.getuid?.() === 0) process.setuid?.(NOBODY);
try {
  const store = await openSqliteStore(path);
  await store.stores.create("a");
  await store.commit({ store: "a", tiles: tilesFrom(0, 1) });
  await store.close();
  console.log("written");
} catch (error) {
  if (!FmtcError.isInstance(error)) throw error;
  console.log(error.code);
}
