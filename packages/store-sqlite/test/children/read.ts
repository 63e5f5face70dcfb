import { openSqliteStore } from "../../src/index.ts";
import { bytesOf, keyAt } from "../tiles.ts";

// Reads while others write, until so many tiles are there: path, number of tiles, bytes a tile. It checks that what it
// reads is whole, and that sums and tiles always fit each other. Prints the number of its rounds.
const [path = "", length = "0", size = "0"] = process.argv.slice(2);
const store = await openSqliteStore(path);
let rounds = 0;
for (;;) {
  rounds += 1;
  const before = await store.stats();
  const place = Math.floor(Math.random() * Number(length));
  const tile = await store.tiles.read(keyAt(place));
  if (tile !== undefined && Buffer.compare(tile.bytes, bytesOf(place, Number(size))) !== 0)
    throw new Error(`Tile ${place} is torn.`);
  let scanned = 0;
  for await (const _ of store.tiles.scan()) scanned += 1;
  const after = await store.stats();
  if (before.bytes !== before.length * Number(size))
    throw new Error(`${before.length} tiles have ${before.bytes} bytes.`);
  if (scanned < before.length || scanned > after.length)
    throw new Error(`${scanned} tiles, not ${before.length} to ${after.length}.`);
  if (after.length === Number(length)) break;
}
await store.close();
console.log(rounds);
