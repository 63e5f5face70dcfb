import { StoreExistsError } from "../../errors/store-exists-error.ts";
import { StoreNotFoundError } from "../../errors/store-not-found-error.ts";
import type { StoreLimits } from "../../ports/named-stores.ts";
import type { TileStore } from "../../ports/tile-store.ts";
import { equal, holds, rejects } from "../assert.ts";
import { collect, placesIn, snapshotOf } from "../observe.ts";
import { bytesOf, failedAt, fill, keyAt, keysAt, progressOf, recordOf, tileAt } from "../samples.ts";
import { scenariosOf } from "../scenario.ts";
import { worldCover } from "../world-cover.ts";

const UNUSED = { length: 0, bytes: 0, pinnedLength: 0, pinnedBytes: 0, hits: 0, misses: 0 };
const UNLIMITED: StoreLimits = { maxLength: undefined, maxBytes: undefined };

export const lifecycle = scenariosOf("lifecycle", {
  "new-database-is-empty": async ({ store }) => {
    equal(await store.stores.list(), []);
    const { length, bytes, diskBytes, availableBytes = 0, stores } = await store.stats();
    equal({ length, bytes, stores }, { length: 0, bytes: 0, stores: [] });
    holds(diskBytes >= 0 && availableBytes >= 0, "room on disk is a number of bytes");
    equal(await collect(store.tiles.scan()), []);
    equal(await store.downloads.list(), []);
    await store.stores.create("a");
    equal((await store.stats()).stores, ["a"]);
  },

  "created-store-is-there-and-empty": async ({ store }) => {
    equal(await store.stores.has("a"), false);
    await store.stores.create("a");
    equal(await store.stores.has("a"), true);
    equal(await store.stores.list(), ["a"]);
    equal(await store.stores.stats("a"), UNUSED);
    equal(await store.stores.limits("a"), UNLIMITED);
    equal(await store.metadata.read("a"), {});
    equal(await store.tiles.latest("a"), undefined);
    equal(await placesIn(store, "a"), []);
  },

  "creating-again-changes-nothing": async ({ store }) => {
    await store.stores.create("a", { maxLength: 5, maxBytes: 500 });
    await fill(store, "a", ["1/0/0"]);
    await store.metadata.set("a", { colour: "red" });
    const before = await snapshotOf(store);
    equal(before.stores.a?.limits, { maxLength: 5, maxBytes: 500 });
    await store.stores.create("a");
    await store.stores.create("a", { maxLength: 9, maxBytes: undefined });
    equal(await snapshotOf(store), before);
  },

  // By code points, and so by the bytes of UTF-8, the mountain would come after the full-width letter.
  "names-come-in-the-order-of-their-code-units": async ({ store }) => {
    const names = ["A", "Z", "a", "a b", "ab", "b", "ä", "🏔", "Ａ"];
    for (const name of names.toReversed()) await store.stores.create(name);
    equal(await store.stores.list(), names);
    equal((await store.stats()).stores, names);
  },

  "what-names-an-unknown-store-fails": async ({ store }) => {
    await fill(store, "a", ["1/0/0"]);
    await store.downloads.put(recordOf("d", "a"));
    await store.downloads.acquire("d", { owner: "one", now: 0, expiresAt: 9_000 });
    const before = await snapshotOf(store);
    for (const [what, call] of Object.entries(callsOnStore(store, "b"))) {
      equal((await rejects(call, StoreNotFoundError, what)).store, "b", `${what}: the store of the error`);
    }
    equal(await snapshotOf(store), before);
  },

  "filters-by-unknown-stores-find-nothing": async ({ store }) => {
    await fill(store, "a", ["1/0/0"]);
    await store.downloads.put(recordOf("d", "a"));
    const stores = ["b"];
    equal(await store.tiles.read(keyAt("1/0/0"), { stores }), undefined);
    equal(await store.tiles.has(keysAt("1/0/0"), { stores }), [false]);
    equal(await store.tiles.info(keysAt("1/0/0"), { stores }), [undefined]);
    equal(await collect(store.tiles.scan({ stores })), []);
    equal(await store.downloads.list({ store: "b" }), []);
    equal(await store.tiles.has(keysAt("1/0/0"), { stores: ["b", "a"] }), [true]);
  },

  "limits-are-set-one-by-one-and-lifted-by-undefined": async ({ store }) => {
    await store.stores.create("a", { maxLength: 5 });
    equal(await store.stores.limits("a"), { maxLength: 5, maxBytes: undefined });
    await store.stores.setLimits("a", { maxBytes: 300 });
    equal(await store.stores.limits("a"), { maxLength: 5, maxBytes: 300 });
    await store.stores.setLimits("a", {});
    equal(await store.stores.limits("a"), { maxLength: 5, maxBytes: 300 });
    await store.stores.setLimits("a", { maxLength: undefined });
    equal(await store.stores.limits("a"), { maxLength: undefined, maxBytes: 300 });
    await store.stores.setLimits("a", { maxLength: 0, maxBytes: Number.MAX_SAFE_INTEGER });
    equal(await store.stores.limits("a"), { maxLength: 0, maxBytes: Number.MAX_SAFE_INTEGER });
  },

  "limits-evict-nothing-by-themselves": async ({ store }) => {
    await fill(store, "a", ["1/0/0", "1/1/0"]);
    await store.stores.setLimits("a", { maxLength: 1, maxBytes: 1 });
    await fill(store, "a", ["1/1/1"]);
    equal(await placesIn(store, "a"), ["1/0/0", "1/1/0", "1/1/1"]);
  },

  "hits-and-misses-add-up": async ({ store }) => {
    await store.stores.create("a");
    await store.stores.create("b");
    await store.stores.recordUse("a", { hits: 3, misses: 0 });
    await store.stores.recordUse("a", { hits: 2, misses: 5 });
    await store.stores.recordUse("a", { hits: 0, misses: 0 });
    equal(await store.stores.stats("a"), { ...UNUSED, hits: 5, misses: 5 });
    equal(await store.stores.stats("b"), UNUSED);
  },

  "rename-takes-everything-along": async ({ store }) => {
    await store.stores.create("old", { maxLength: 7, maxBytes: 700 });
    await fill(store, "old", ["1/0/0"], { pinned: true });
    await fill(store, "old", ["1/1/0"]);
    await fill(store, "other", ["1/1/0", "1/1/1"]);
    await store.stores.recordUse("old", { hits: 2, misses: 1 });
    await store.metadata.set("old", { colour: "red" });
    const before = await snapshotOf(store);
    await store.stores.rename("old", "new");
    const { old: renamed, ...others } = before.stores;
    equal(await snapshotOf(store), { ...before, stores: { ...others, ...(renamed && { new: renamed }) } });
    equal(await store.stores.has("old"), false);
    equal(await store.stores.list(), ["new", "other"]);
  },

  "renamed-store-leaves-its-name-free": async ({ store }) => {
    await fill(store, "a", ["1/0/0"]);
    await store.metadata.set("a", { colour: "red" });
    await store.stores.rename("a", "b");
    await store.stores.create("a");
    equal(await store.stores.stats("a"), UNUSED);
    equal(await store.metadata.read("a"), {});
    equal(await placesIn(store, "b"), ["1/0/0"]);
    await store.stores.delete("a");
    equal(await placesIn(store, "b"), ["1/0/0"]);
  },

  "rename-to-a-taken-name-fails-and-changes-nothing": async ({ store }) => {
    await fill(store, "a", ["1/0/0"]);
    await fill(store, "b", ["1/1/0"]);
    const before = await snapshotOf(store);
    equal((await rejects(() => store.stores.rename("a", "b"), StoreExistsError)).store, "b");
    equal(await snapshotOf(store), before);
  },

  "rename-to-its-own-name-changes-nothing": async ({ store }) => {
    await fill(store, "a", ["1/0/0"]);
    await store.downloads.put(recordOf("d", "a"));
    const before = await snapshotOf(store);
    await store.stores.rename("a", "a");
    equal(await snapshotOf(store), before);
    equal(await placesIn(store, "a"), ["1/0/0"]);
  },
});

/** A call of each function that fails if its store does not exist. */
function callsOnStore(store: TileStore, name: string): Readonly<Record<string, () => Promise<unknown>>> {
  const { stores, metadata, tiles, downloads, commit } = store;
  return {
    rename: () => stores.rename(name, "c"),
    "rename to itself": () => stores.rename(name, name),
    reset: () => stores.reset(name),
    limits: () => stores.limits(name),
    setLimits: () => stores.setLimits(name, { maxLength: 1 }),
    stats: () => stores.stats(name),
    recordUse: () => stores.recordUse(name, { hits: 1, misses: 0 }),
    "metadata.read": () => metadata.read(name),
    "metadata.set": () => metadata.set(name, { colour: "red" }),
    "metadata.remove": () => metadata.remove(name, "colour"),
    "metadata.reset": () => metadata.reset(name),
    latest: () => tiles.latest(name),
    remove: () => tiles.remove(name, keysAt("1/0/0")),
    "remove nothing": () => tiles.remove(name, []),
    "remove in a dry run": () => tiles.remove(name, keysAt("1/0/0"), { dryRun: true }),
    removeCover: () => tiles.removeCover(name, "topo", worldCover(0, 1)),
    removeOlderThan: () => tiles.removeOlderThan(name, 5_000),
    evictOldest: () => tiles.evictOldest(name, { maxLength: 0 }),
    "evictOldest without limits": () => tiles.evictOldest(name),
    "downloads.put": () => downloads.put(recordOf("e", name)),
    commit: () => commit({ store: name, tiles: [tileAt("1/1/1", { bytes: bytesOf(3, "new") })] }),
    "commit of nothing": () => commit({ store: name, tiles: [] }),
    "commit with a checkpoint of another": () =>
      commit({
        store: name,
        tiles: [],
        checkpoint: { download: "d", epoch: 1, progress: progressOf([0, 1]), failed: [failedAt(0)] },
      }),
  };
}
