import { coverOf } from "../../cover/cover.ts";
import { polygon } from "../../region/constructors.ts";
import { toDownloadable } from "../../region/downloadable.ts";
import { equal } from "../assert.ts";
import { assertSumsAreCounts, collect, placesIn, snapshotOf } from "../observe.ts";
import { fill, keysAt, placesOf, recordOf, tileAt } from "../samples.ts";
import { scenariosOf } from "../scenario.ts";
import { worldCover } from "../world-cover.ts";

const NOTHING = { removed: 0, deleted: 0, bytes: 0 };
const UNUSED = { length: 0, bytes: 0, pinnedLength: 0, pinnedBytes: 0, hits: 0, misses: 0 };

export const removal = scenariosOf("removal", {
  "delete-takes-the-store-with-all-that-is-its-own": async ({ store }) => {
    await store.stores.create("a", { maxLength: 3 });
    await fill(store, "a", ["1/0/0", "1/1/0"], { pinned: true });
    await fill(store, "b", ["1/1/0", "1/1/1"]);
    await store.metadata.set("b", { colour: "blue" });
    await store.downloads.put(recordOf("of b", "b"));
    const b = (await snapshotOf(store)).stores.b;
    await store.metadata.set("a", { colour: "red" });
    await store.stores.recordUse("a", { hits: 4, misses: 2 });
    await store.downloads.put(recordOf("of a", "a"));
    equal(await store.stores.delete("a"), { removed: 2, deleted: 1, bytes: 10 });
    equal(await store.stores.has("a"), false);
    equal(await store.stores.list(), ["b"]);
    const rest = await snapshotOf(store);
    equal(rest.stores.b, b, "the other store");
    equal(placesOf(rest.tiles), ["1/1/0", "1/1/1"]);
    equal(
      rest.downloads.map(({ id }) => id),
      ["of b"],
    );
    await store.stores.create("a");
    equal(await store.stores.stats("a"), UNUSED);
    equal((await store.stores.limits("a")).maxLength, undefined);
    await assertSumsAreCounts(store);
  },

  "delete-of-what-is-not-there-does-nothing": async ({ store }) => {
    await fill(store, "a", ["1/0/0"]);
    const before = await snapshotOf(store);
    equal(await store.stores.delete("b"), NOTHING);
    equal(await snapshotOf(store), before);
    equal(await placesIn(store, "a"), ["1/0/0"]);
  },

  "reset-empties-but-keeps-metadata-and-limits": async ({ store }) => {
    await store.stores.create("a", { maxLength: 3, maxBytes: 300 });
    await fill(store, "a", ["1/0/0"], { pinned: true });
    await fill(store, "a", ["1/1/0"]);
    await fill(store, "b", ["1/1/0"]);
    await store.stores.recordUse("a", { hits: 4, misses: 2 });
    await store.stores.recordUse("b", { hits: 1, misses: 1 });
    await store.metadata.set("a", { colour: "red" });
    await store.downloads.put(recordOf("of a", "a"));
    await store.downloads.put(recordOf("of b", "b"));
    const b = (await snapshotOf(store)).stores.b;
    equal(await store.stores.reset("a"), { removed: 2, deleted: 1, bytes: 10 });
    equal(await store.stores.stats("a"), UNUSED);
    equal(await placesIn(store, "a"), []);
    equal(await store.tiles.latest("a"), undefined);
    equal(await store.stores.limits("a"), { maxLength: 3, maxBytes: 300 });
    equal(await store.metadata.read("a"), { colour: "red" });
    equal(
      (await store.downloads.list()).map(({ id }) => id),
      ["of b"],
    );
    equal((await snapshotOf(store)).stores.b, b, "the other store");
    equal(await store.stores.reset("a"), NOTHING);
    await assertSumsAreCounts(store);
  },

  "remove-passes-over-what-the-store-does-not-hold": async ({ store }) => {
    await fill(store, "a", ["2/0/0", "2/1/1", "2/2/2"], { pinned: true });
    await fill(store, "b", ["2/3/3"]);
    const keys = keysAt("2/1/1", "2/1/1", "2/3/3", "2/0/1", "2/2/2@other", "2/0/0", "2/1/1");
    equal(await store.tiles.remove("a", keys), { removed: 2, deleted: 2, bytes: 20 });
    equal(await store.tiles.remove("a", keys), NOTHING);
    equal(await store.tiles.remove("a", []), NOTHING);
    equal(await placesIn(store, "a"), ["2/2/2"]);
    equal(await placesIn(store, "b"), ["2/3/3"]);
    equal((await store.stores.stats("a")).pinnedLength, 1);
    await assertSumsAreCounts(store);
  },

  "remove-cover-takes-one-source-of-one-store": async ({ store }) => {
    const triangle = polygon([
      { lat: 60, lng: -100 },
      { lat: 60, lng: 100 },
      { lat: -60, lng: 0 },
    ]);
    const cover = coverOf(toDownloadable(triangle, { minZoom: 2, maxZoom: 3, source: "topo" }));
    const inside = [...cover].map(({ z, x, y }) => `${z}/${x}/${y}`);
    const world = [...worldCover(1, 4)].map(({ z, x, y }) => `${z}/${x}/${y}`);
    const others = inside.map((place) => `${place}@other`);
    await fill(store, "a", [...world, ...others]);
    await fill(store, "b", inside.slice(0, 5));
    const expected = { removed: inside.length, deleted: inside.length - 5, bytes: 10 * (inside.length - 5) };
    equal(await store.tiles.removeCover("a", "topo", cover), expected);
    equal(await store.tiles.removeCover("a", "topo", cover), NOTHING);
    const left = await collect(store.tiles.scan({ stores: ["a"], source: "topo" }));
    equal(
      placesOf(left),
      world.filter((place) => !inside.includes(place)),
    );
    equal(placesOf(await collect(store.tiles.scan({ source: "other" }))), others);
    equal(await placesIn(store, "b"), inside.slice(0, 5));
    equal(await store.tiles.removeCover("a", "a third", cover), NOTHING);
    await assertSumsAreCounts(store);
  },

  // A cover of five million tiles, against a store of three.
  "remove-cover-of-far-more-than-there-is": async ({ store }) => {
    await fill(store, "a", ["0/0/0", "7/100/50", "11/2047/2000", "12/0/0"]);
    equal(await store.tiles.removeCover("a", "topo", worldCover(0, 11)), { removed: 3, deleted: 3, bytes: 30 });
    equal(await placesIn(store, "a"), ["12/0/0"]);
  },

  "remove-cover-with-holes-in-the-store": async ({ store }) => {
    const cover = worldCover(6, 6);
    const kept = ["6/3/3@other", "5/1/1", "7/64/64"];
    await fill(store, "a", ["6/0/0", "6/63/0", "6/5/20", "6/6/20", "6/63/63", ...kept]);
    equal(await store.tiles.removeCover("a", "topo", cover), { removed: 5, deleted: 5, bytes: 50 });
    equal(new Set(await placesIn(store, "a")), new Set(kept));
  },

  "remove-older-than-takes-the-older-ones": async ({ store }) => {
    await fill(store, "a", [tileAt("2/0/0", { storedAt: 3_000 }), tileAt("2/1/0", { storedAt: 2_000 })]);
    await fill(store, "a", [tileAt("2/0/1", { storedAt: 1_999 }), tileAt("2/1/1", { storedAt: 0 })], { pinned: true });
    await fill(store, "b", [tileAt("2/1/1", { storedAt: 0 }), tileAt("2/3/3", { storedAt: 0 })]);
    equal(await store.tiles.removeOlderThan("a", 2_000), { removed: 2, deleted: 1, bytes: 10 });
    equal(await placesIn(store, "a"), ["2/0/0", "2/1/0"]);
    equal(await placesIn(store, "b"), ["2/1/1", "2/3/3"]);
    equal((await store.stores.stats("a")).pinnedLength, 0);
    equal(await store.tiles.removeOlderThan("a", 2_000), NOTHING);
    equal(await store.tiles.removeOlderThan("b", 0), NOTHING);
    await assertSumsAreCounts(store);
  },

  "dry-runs-tell-what-would-go-and-change-nothing": async ({ store }) => {
    await fill(store, "a", [tileAt("2/0/0", { storedAt: 10 }), "2/1/0", "2/2/0", "2/3/0@other"], { pinned: true });
    await fill(store, "b", ["2/0/0", "2/2/0"]);
    const before = await snapshotOf(store);
    const dryRun = true;
    const { tiles } = store;
    const keys = keysAt("2/0/0", "2/1/0", "2/1/0", "2/1/3");
    equal(await tiles.remove("a", keys, { dryRun }), { removed: 2, deleted: 1, bytes: 10 });
    equal(await tiles.removeCover("a", "topo", worldCover(0, 3), { dryRun }), { removed: 3, deleted: 1, bytes: 10 });
    equal(await tiles.removeOlderThan("a", 1_001, { dryRun }), { removed: 4, deleted: 2, bytes: 20 });
    equal(await snapshotOf(store), before);
    equal(await tiles.remove("a", keys, { dryRun: false }), { removed: 2, deleted: 1, bytes: 10 });
  },
});
