import { equal } from "../assert.ts";
import { collect, placesIn, snapshotOf } from "../observe.ts";
import { failedAt, fill, keysAt, progressOf, recordOf, tileAt } from "../samples.ts";
import { scenariosOf } from "../scenario.ts";

export const reopening = scenariosOf("reopening", {
  "everything-is-there-again": {
    needs: ["reopen"],
    run: async ({ store, connect }) => {
      await store.stores.create("a", { maxLength: 12, maxBytes: 3_000 });
      await store.stores.create("empty", { maxBytes: 0 });
      await fill(store, "a", ["3/0/0", tileAt("3/1/0@other", { etag: "1", expiresAt: 5, contentType: "image/png" })]);
      await fill(store, "b", ["3/0/0", tileAt("3/7/7", { bytes: new Uint8Array() })], { pinned: true });
      await store.stores.recordUse("a", { hits: 3, misses: 4 });
      await store.metadata.set("a", { colour: "red", note: "" });
      await store.downloads.put(recordOf("unowned", "a", { createdAt: 1 }));
      await store.downloads.put(recordOf("d", "b", { createdAt: 2 }));
      await store.downloads.acquire("d", { owner: "one", now: 1_000, expiresAt: 5_000 });
      const checkpoint = { download: "d", epoch: 1, progress: progressOf([0, 9]), failed: [failedAt(4), failedAt(2)] };
      await store.commit({ store: "b", tiles: [], checkpoint });
      const before = await snapshotOf(store);
      await store.close();
      const reopened = await connect();
      equal(await snapshotOf(reopened), before);
      equal((await reopened.stats()).stores, ["a", "b", "empty"]);
      equal((await reopened.downloads.get("d"))?.lease, { owner: "one", epoch: 1, expiresAt: 5_000 });
    },
  },

  "what-is-done-goes-on": {
    needs: ["reopen"],
    run: async ({ store, connect }) => {
      await fill(store, "a", ["3/0/0", "3/1/0"]);
      await store.downloads.put(recordOf("d", "a"));
      await store.downloads.acquire("d", { owner: "one", now: 1_000, expiresAt: 5_000 });
      await store.close();
      const second = await connect();
      await fill(second, "a", ["3/1/0", "3/2/0@new"]);
      await second.commit({
        store: "a",
        tiles: [],
        checkpoint: { download: "d", epoch: 1, progress: progressOf([0, 3]) },
      });
      equal(await second.tiles.remove("a", keysAt("3/0/0")), { removed: 1, deleted: 1, bytes: 10 });
      await second.stores.rename("a", "b");
      await second.close();
      const third = await connect();
      equal(new Set(await placesIn(third, "b")), new Set(["3/1/0", "3/2/0@new"]));
      equal((await third.downloads.get("d"))?.progress, progressOf([0, 3]));
      equal((await third.downloads.get("d"))?.store, "b");
      equal((await third.stats()).bytes, 20);
    },
  },

  "what-is-removed-stays-removed": {
    needs: ["reopen"],
    run: async ({ store, connect }) => {
      await fill(store, "a", ["3/0/0"]);
      await store.metadata.set("a", { colour: "red" });
      await store.downloads.put(recordOf("d", "a"));
      equal(await placesIn(store, "a"), ["3/0/0"]);
      await store.stores.delete("a");
      await store.close();
      const reopened = await connect();
      equal(await reopened.stores.list(), []);
      equal(await collect(reopened.tiles.scan()), []);
      equal(await reopened.downloads.list(), []);
      await reopened.stores.create("a");
      equal(await reopened.metadata.read("a"), {});
    },
  },
});
