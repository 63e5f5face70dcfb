import { openSqliteStore } from "../../src/index.ts";
import { tilesFrom } from "../tiles.ts";

// Commits batch after batch, two at a time, and prints the number of each that was acknowledged: path, store, first
// batch, number of batches, tiles a batch, bytes a tile. At the end it closes the store.
const [path = "", name = "", first = "0", batches = "0", length = "0", size = "0"] = process.argv.slice(2);
const store = await openSqliteStore(path);
await store.stores.create(name);
const writeBatch = async (batch: number) => {
  const begin = batch * Number(length);
  await store.commit({
    store: name,
    tiles: tilesFrom(begin, begin + Number(length), Number(size)),
    pinned: batch % 2 === 0,
  });
  process.stdout.write(`${batch}\n`);
};

const end = Number(first) + Number(batches);
let before: Promise<void> | undefined;
for (let batch = Number(first); batch < end; batch++) {
  const written = writeBatch(batch);
  await before;
  before = written;
}
await before;
await store.close();
