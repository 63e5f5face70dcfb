import { StoreClosedError } from "../../errors/store-closed-error.ts";
import type { TileStore } from "../../ports/tile-store.ts";
import { equal, holds, rejects } from "../assert.ts";
import { collect, placesIn } from "../observe.ts";
import { failedAt, fill, keyAt, progressOf, recordOf, tileAt } from "../samples.ts";
import { scenariosOf } from "../scenario.ts";
import { worldCover } from "../world-cover.ts";

export const closing = scenariosOf("closing", {
  "closing-twice-is-closing-once": async ({ store }) => {
    await store.stores.create("a");
    const closed = store.close();
    holds(store.close() === closed, "close returns the same promise again");
    await closed;
    holds(store.close() === closed, "close returns the same promise once it is closed");
    await store.close();
  },

  "closed-store-refuses-everything": async ({ store }) => {
    await fill(store, "a", ["1/0/0"]);
    await store.downloads.put(recordOf("d", "a"));
    const calls = allCalls(store);
    await store.close();
    for (const [what, call] of Object.entries(calls)) await rejects(call, StoreClosedError, what);
  },

  "store-that-closes-refuses-what-begins-then": async ({ store }) => {
    await fill(store, "a", ["1/0/0"]);
    const closed = store.close();
    for (const [what, call] of Object.entries(allCalls(store))) await rejects(call, StoreClosedError, what);
    await closed;
  },

  "what-is-gone-over-ends-with-an-error": async ({ store }) => {
    await fill(store, "a", ["1/0/0", "1/1/0", "1/1/1"]);
    await store.downloads.put(recordOf("d", "a"));
    await store.downloads.acquire("d", { owner: "one", now: 0, expiresAt: 5_000 });
    const checkpoint = { download: "d", epoch: 1, progress: progressOf([]), failed: [failedAt(1), failedAt(2)] };
    await store.commit({ store: "a", tiles: [], checkpoint });
    const underWay = [
      store.tiles.scan()[Symbol.asyncIterator](),
      store.tiles.scan({ bytes: true, stores: ["a"] })[Symbol.asyncIterator](),
      store.downloads.failed("d")[Symbol.asyncIterator](),
    ];
    for (const items of underWay) equal((await items.next()).done, false);
    const unbegun = [store.tiles.scan()[Symbol.asyncIterator](), store.downloads.failed("d")[Symbol.asyncIterator]()];
    await store.close();
    for (const items of [...underWay, ...unbegun]) await rejects(() => items.next(), StoreClosedError, "the next item");
  },

  "changes-complete": async ({ store }) => {
    const told: string[] = [];
    store.changes$.subscribe({ next: ({ kind }) => told.push(kind), complete: () => told.push("complete") });
    await store.stores.create("a");
    equal(told.includes("complete"), false, "whether an open store completes its changes");
    await store.close();
    equal(told.at(-1), "complete");
  },

  "commits-under-way-have-happened-or-failed": {
    needs: ["reopen"],
    run: async ({ store, connect }) => {
      await store.stores.create("a");
      const places = Array.from({ length: 30 }, (_, i) => `8/${i}/0`);
      const commits = places.map((place) => store.commit({ store: "a", tiles: [tileAt(place)] }));
      const settled = Promise.allSettled(commits);
      await store.close();
      const results = await settled;
      const done = places.filter((_, i) => results[i]?.status === "fulfilled");
      for (const result of results) {
        holds(
          result.status === "fulfilled" || StoreClosedError.isInstance(result.reason),
          "a commit under way is done, or refused because the store is closed",
        );
      }
      equal(await placesIn(await connect(), "a"), done);
    },
  },

  "reads-under-way-are-waited-for": async ({ store }) => {
    await fill(store, "a", ["1/0/0"]);
    const read = store.tiles.read(keyAt("1/0/0"));
    const stats = store.stats();
    await store.close();
    equal([(await read)?.length, (await stats).length], [10, 1]);
  },
});

/** A call of every function of a store. */
function allCalls(store: TileStore): Readonly<Record<string, () => Promise<unknown>>> {
  const { stores, metadata, tiles, downloads } = store;
  const key = keyAt("1/0/0");
  const lease = { owner: "one", now: 1_000, expiresAt: 2_000 };
  return {
    create: () => stores.create("b"),
    delete: () => stores.delete("a"),
    rename: () => stores.rename("a", "b"),
    reset: () => stores.reset("a"),
    list: () => stores.list(),
    "stores.has": () => stores.has("a"),
    limits: () => stores.limits("a"),
    setLimits: () => stores.setLimits("a", {}),
    "stores.stats": () => stores.stats("a"),
    recordUse: () => stores.recordUse("a", { hits: 1, misses: 1 }),
    "metadata.read": () => metadata.read("a"),
    "metadata.set": () => metadata.set("a", { colour: "red" }),
    "metadata.remove": () => metadata.remove("a", "colour"),
    "metadata.reset": () => metadata.reset("a"),
    read: () => tiles.read(key),
    info: () => tiles.info([key]),
    "tiles.has": () => tiles.has([key]),
    "tiles.has without keys": () => tiles.has([]),
    latest: () => tiles.latest("a"),
    scan: () => collect(tiles.scan()),
    remove: () => tiles.remove("a", [key]),
    removeCover: () => tiles.removeCover("a", "topo", worldCover(0, 1)),
    removeOlderThan: () => tiles.removeOlderThan("a", 5_000),
    evictOldest: () => tiles.evictOldest("a", { maxLength: 0 }),
    put: () => downloads.put(recordOf("e", "a")),
    get: () => downloads.get("d"),
    "downloads.list": () => downloads.list(),
    failed: () => collect(downloads.failed("d")),
    "downloads.remove": () => downloads.remove("d"),
    acquire: () => downloads.acquire("d", lease),
    renew: () => downloads.renew("d", { epoch: 1, expiresAt: 2_000 }),
    release: () => downloads.release("d", { epoch: 1 }),
    commit: () => store.commit({ store: "a", tiles: [tileAt("1/0/0")] }),
    stats: () => store.stats(),
  };
}
