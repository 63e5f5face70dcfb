import { openIdbStore } from "../src/index.ts";
import { tileAt } from "./test-database.ts";

/** In a worker of its own: opens a database, commits a tile into "a" and tells what it saw. */
addEventListener("message", async ({ data: name }: MessageEvent<string>) => {
  const store = await openIdbStore(name);
  await store.stores.create("a");
  await store.commit({ store: "a", tiles: [tileAt(3, 4)] });
  const { wasLost } = store;
  const facts = { wasLost, persisted: await store.persist(), length: (await store.stats()).length };
  await store.close();
  postMessage(facts);
});
