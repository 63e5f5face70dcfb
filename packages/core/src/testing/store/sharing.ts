import { equal } from "../assert.ts";
import { assertSumsAreCounts, collect, placesIn } from "../observe.ts";
import { bytesOf, fill, keptTileAt, keyAt, keysAt, placesOf, tileAt } from "../samples.ts";
import { scenariosOf } from "../scenario.ts";

export const sharing = scenariosOf("sharing", {
  "tile-of-two-stores-is-kept-once": async ({ store }) => {
    await fill(store, "a", ["1/0/0", "1/1/0"]);
    await fill(store, "b", ["1/1/0", "1/1/1"]);
    const { length, bytes } = await store.stats();
    equal({ length, bytes }, { length: 3, bytes: 30 });
    equal((await store.stores.stats("a")).bytes, 20);
    equal((await store.stores.stats("b")).bytes, 20);
    equal(placesOf(await collect(store.tiles.scan())), ["1/0/0", "1/1/0", "1/1/1"]);
    equal(await placesIn(store, "a"), ["1/0/0", "1/1/0"]);
    equal(await placesIn(store, "b"), ["1/1/0", "1/1/1"]);
  },

  "filters-look-at-what-one-of-the-stores-holds": async ({ store }) => {
    await fill(store, "a", ["1/0/0"]);
    await fill(store, "b", ["1/0/0", "1/1/0"]);
    await fill(store, "c", ["1/1/1"]);
    const keys = keysAt("1/0/0", "1/1/0", "1/1/1");
    const has = (...stores: readonly string[]) => store.tiles.has(keys, { stores });
    equal(await store.tiles.has(keys), [true, true, true], "without a filter");
    equal(await has("a"), [true, false, false], "a");
    equal(await has("a", "b"), [true, true, false], "a and b");
    equal(await has("c", "missing", "c"), [false, false, true], "c twice");
    equal(await has(), [false, false, false], "none");
    const infos = await store.tiles.info(keys, { stores: ["c", "a"] });
    equal(
      infos.map((info) => info?.y),
      [0, undefined, 1],
    );
    equal((await store.tiles.read(keyAt("1/0/0"), { stores: ["c", "b"] }))?.bytes, bytesOf(10, "1/0/0"));
    equal(await store.tiles.read(keyAt("1/0/0"), { stores: ["c"] }), undefined);
    equal(await store.tiles.read(keyAt("1/0/0"), { stores: [] }), undefined);
  },

  "tile-written-through-one-store-changes-in-all": async ({ store }) => {
    await fill(store, "a", ["1/0/0", "1/1/0"]);
    await fill(store, "b", ["1/0/0"], { pinned: true });
    await fill(store, "c", ["1/1/0"]);
    await fill(store, "a", [tileAt("1/0/0", { bytes: bytesOf(47, "new"), storedAt: 9_000 })]);
    equal((await store.tiles.read(keyAt("1/0/0"), { stores: ["b"] }))?.bytes, bytesOf(47, "new"));
    equal((await store.tiles.latest("b"))?.storedAt, 9_000);
    const { bytes, pinnedBytes } = await store.stores.stats("b");
    equal({ bytes, pinnedBytes }, { bytes: 47, pinnedBytes: 47 }, "the sums of b");
    equal((await store.stores.stats("a")).bytes, 57, "the sum of a");
    equal((await store.stores.stats("c")).bytes, 10, "the sum of c");
    equal((await store.stats()).bytes, 57, "the sum of the database");
    await assertSumsAreCounts(store);
  },

  "tile-of-another-store-joins-without-bytes": async ({ store }) => {
    await fill(store, "a", [tileAt("1/0/0", { etag: "one", contentType: "image/png" })]);
    await fill(store, "b", [keptTileAt("1/0/0", { storedAt: 8_000, etag: "two" })]);
    const expected = { ...keyAt("1/0/0"), storedAt: 8_000, etag: "two", contentType: "image/png", length: 10 };
    for (const name of ["a", "b"]) {
      equal(await store.tiles.info(keysAt("1/0/0"), { stores: [name] }), [expected]);
      equal((await store.stores.stats(name)).bytes, 10);
    }
    equal((await store.tiles.read(keyAt("1/0/0"), { stores: ["b"] }))?.bytes, bytesOf(10, "1/0/0"));
    await store.stores.delete("a");
    equal((await store.tiles.read(keyAt("1/0/0")))?.bytes, bytesOf(10, "1/0/0"));
  },

  "tile-taken-out-of-one-store-stays-in-the-other": async ({ store }) => {
    await fill(store, "a", ["1/0/0", "1/1/0"]);
    await fill(store, "b", ["1/1/0", "1/1/1"]);
    equal(await store.tiles.remove("a", keysAt("1/0/0", "1/1/0", "1/1/1")), { removed: 2, deleted: 1, bytes: 10 });
    equal(await placesIn(store, "a"), []);
    equal(await placesIn(store, "b"), ["1/1/0", "1/1/1"]);
    equal(await store.tiles.has(keysAt("1/0/0", "1/1/0", "1/1/1")), [false, true, true]);
    await assertSumsAreCounts(store);
  },

  "tile-in-no-store-is-gone": async ({ store }) => {
    for (const name of ["a", "b", "c"]) await fill(store, name, ["1/0/0"]);
    equal(await store.tiles.remove("b", keysAt("1/0/0")), { removed: 1, deleted: 0, bytes: 0 });
    equal(await store.stores.delete("a"), { removed: 1, deleted: 0, bytes: 0 });
    equal((await store.stats()).length, 1);
    equal(await store.tiles.remove("c", keysAt("1/0/0")), { removed: 1, deleted: 1, bytes: 10 });
    equal(await store.tiles.read(keyAt("1/0/0")), undefined);
    equal(await collect(store.tiles.scan()), []);
    const { length, bytes } = await store.stats();
    equal({ length, bytes }, { length: 0, bytes: 0 });
  },

  "tile-that-was-gone-comes-back-new": async ({ store }) => {
    await fill(store, "a", [tileAt("1/0/0", { etag: "old" })], { pinned: true });
    await store.tiles.remove("a", keysAt("1/0/0"));
    await fill(store, "a", [tileAt("1/0/0", { bytes: bytesOf(4, "new") })]);
    equal(await store.tiles.info(keysAt("1/0/0")), [{ ...keyAt("1/0/0"), storedAt: 1_000, length: 4 }]);
    const { pinnedLength, pinnedBytes, bytes } = await store.stores.stats("a");
    equal({ pinnedLength, pinnedBytes, bytes }, { pinnedLength: 0, pinnedBytes: 0, bytes: 4 });
  },

  // A database may keep equal bytes once, as those of the sea; that is its own affair.
  "equal-tiles-are-tiles-of-their-own": async ({ store }) => {
    const sea = (place: string) => tileAt(place, { bytes: bytesOf(30, "sea") });
    await fill(store, "a", [sea("2/0/0"), sea("2/1/0"), sea("2/2/0@other")]);
    await fill(store, "b", [sea("2/3/0"), sea("2/0/0")]);
    const { length, bytes } = await store.stats();
    equal({ length, bytes }, { length: 4, bytes: 120 });
    equal((await store.stores.stats("a")).bytes, 90);
    await fill(store, "a", [tileAt("2/1/0", { bytes: bytesOf(30, "land") })]);
    equal(await store.tiles.remove("a", keysAt("2/0/0", "2/2/0@other")), { removed: 2, deleted: 1, bytes: 30 });
    equal(await store.stores.delete("b"), { removed: 2, deleted: 2, bytes: 60 });
    await fill(store, "a", [sea("2/0/1")]);
    equal((await store.tiles.read(keyAt("2/1/0")))?.bytes, bytesOf(30, "land"));
    equal((await store.tiles.read(keyAt("2/0/1")))?.bytes, bytesOf(30, "sea"));
    await assertSumsAreCounts(store);
  },

  "pinned-in-one-store-is-not-pinned-in-another": async ({ store }) => {
    await fill(store, "a", ["1/0/0"], { pinned: true });
    await fill(store, "b", ["1/0/0"]);
    equal((await store.stores.stats("a")).pinnedLength, 1);
    equal((await store.stores.stats("b")).pinnedLength, 0);
    equal(await store.tiles.evictOldest("b", { maxLength: 0 }), { removed: 1, deleted: 0, bytes: 0 });
    equal(await placesIn(store, "a"), ["1/0/0"]);
  },

  "pinned-stays-pinned": async ({ store }) => {
    await fill(store, "a", ["1/0/0", "1/1/0"]);
    const pinned = async () => {
      const { pinnedLength, pinnedBytes } = await store.stores.stats("a");
      return [pinnedLength, pinnedBytes];
    };
    equal(await pinned(), [0, 0], "pinned at first");
    await fill(store, "a", [keptTileAt("1/0/0")], { pinned: true });
    equal(await pinned(), [1, 10], "pinned by a refresh");
    await fill(store, "a", ["1/0/0"], { pinned: true });
    equal(await pinned(), [1, 10], "pinned twice");
    await fill(store, "a", [tileAt("1/0/0", { bytes: bytesOf(33, "new") })]);
    await fill(store, "a", [keptTileAt("1/0/0")], { pinned: false });
    equal(await pinned(), [1, 33], "pinned after commits that do not pin");
    await store.tiles.remove("a", keysAt("1/0/0"));
    equal(await pinned(), [0, 0], "pinned after its removal");
  },
});
