import type { EvictOptions } from "../../ports/stored-tiles.ts";
import type { TileStore } from "../../ports/tile-store.ts";
import { equal } from "../assert.ts";
import { assertSumsAreCounts, collect, placesIn, snapshotOf } from "../observe.ts";
import { bytesOf, fill, keptTileAt, placesOf, tileAt } from "../samples.ts";
import { scenariosOf } from "../scenario.ts";

const NOTHING = { removed: 0, deleted: 0, bytes: 0 };

/** A tile with as many bytes as are given. */
const sized = (place: string, storedAt: number, length: number) =>
  tileAt(place, { storedAt, bytes: bytesOf(length, place) });

/** What evicting left in store "a". */
async function evict(store: TileStore, options?: EvictOptions): Promise<readonly string[]> {
  const told = await store.tiles.evictOldest("a", { ...options, dryRun: true });
  const before = await placesIn(store, "a");
  const freed = await store.tiles.evictOldest("a", options);
  const after = await placesIn(store, "a");
  equal(freed, told, "what was evicted, against the dry run");
  equal(freed.removed, before.length - after.length, "the number of evicted tiles");
  return after;
}

export const eviction = scenariosOf("eviction", {
  "oldest-go-until-the-length-is-met": async ({ store }) => {
    const times = { "3/0/0": 4_000, "3/1/0": 1_000, "3/2/0": 5_000, "3/3/0": 2_000, "3/4/0": 3_000 };
    await fill(
      store,
      "a",
      Object.entries(times).map(([place, storedAt]) => tileAt(place, { storedAt })),
    );
    equal(await evict(store, { maxLength: 5 }), ["3/0/0", "3/1/0", "3/2/0", "3/3/0", "3/4/0"]);
    equal(await evict(store, { maxLength: 3 }), ["3/0/0", "3/2/0", "3/4/0"]);
    await fill(store, "a", [keptTileAt("3/4/0", { storedAt: 6_000 })]);
    equal(await evict(store, { maxLength: 1 }), ["3/4/0"]);
    equal(await evict(store, { maxLength: 0 }), []);
    await assertSumsAreCounts(store);
  },

  "oldest-go-until-the-bytes-are-met": async ({ store }) => {
    await fill(store, "a", [
      sized("3/0/0", 3_000, 100),
      sized("3/1/0", 1_000, 10),
      sized("3/2/0", 2_000, 500),
      sized("3/3/0", 4_000, 60),
    ]);
    equal(await evict(store, { maxBytes: 670 }), ["3/0/0", "3/1/0", "3/2/0", "3/3/0"]);
    equal(await evict(store, { maxBytes: 669 }), ["3/0/0", "3/2/0", "3/3/0"]);
    equal(await evict(store, { maxBytes: 160 }), ["3/0/0", "3/3/0"]);
    equal(await evict(store, { maxBytes: 59 }), []);
    await assertSumsAreCounts(store);
  },

  "both-limits-are-met": async ({ store }) => {
    const tiles = [
      sized("3/0/0", 1_000, 5),
      sized("3/1/0", 2_000, 200),
      sized("3/2/0", 3_000, 5),
      sized("3/3/0", 4_000, 5),
    ];
    await fill(store, "a", tiles);
    equal(await evict(store, { maxLength: 3, maxBytes: 1_000 }), ["3/1/0", "3/2/0", "3/3/0"]);
    equal(await evict(store, { maxLength: 3, maxBytes: 12 }), ["3/2/0", "3/3/0"]);
  },

  "without-limits-those-of-the-store-are-taken": async ({ store }) => {
    await fill(store, "a", ["3/0/0", "3/1/0", "3/2/0", "3/3/0"]);
    equal(await evict(store), ["3/0/0", "3/1/0", "3/2/0", "3/3/0"], "without any limits");
    await store.stores.setLimits("a", { maxLength: 3 });
    equal(await evict(store), ["3/1/0", "3/2/0", "3/3/0"], "with a length");
    await store.stores.setLimits("a", { maxLength: undefined, maxBytes: 25 });
    equal(await evict(store), ["3/2/0", "3/3/0"], "with a sum of bytes");
    equal(await evict(store, { maxLength: 1 }), ["3/3/0"], "with a length that is given");
    equal(await store.stores.limits("a"), { maxLength: undefined, maxBytes: 25 });
  },

  "pinned-tiles-neither-count-nor-go": async ({ store }) => {
    await fill(store, "a", [sized("3/0/0", 1, 100), sized("3/1/0", 2, 100), sized("3/2/0", 9_000, 100)], {
      pinned: true,
    });
    await fill(store, "a", [sized("3/3/0", 3, 10), sized("3/4/0", 4, 10)]);
    const all = ["3/0/0", "3/1/0", "3/2/0", "3/3/0", "3/4/0"];
    equal(await evict(store, { maxLength: 2, maxBytes: 20 }), all);
    equal(await evict(store, { maxLength: 1 }), ["3/0/0", "3/1/0", "3/2/0", "3/4/0"]);
    equal(await evict(store, { maxLength: 0, maxBytes: 0 }), ["3/0/0", "3/1/0", "3/2/0"]);
    await assertSumsAreCounts(store);
  },

  "pinned-tiles-count-and-go-when-asked-for": async ({ store }) => {
    await fill(store, "a", [tileAt("3/0/0", { storedAt: 2 }), tileAt("3/1/0", { storedAt: 3 })], { pinned: true });
    await fill(store, "a", [tileAt("3/2/0", { storedAt: 1 }), tileAt("3/3/0", { storedAt: 4 })]);
    equal(await evict(store, { maxLength: 4, pinned: true }), ["3/0/0", "3/1/0", "3/2/0", "3/3/0"]);
    equal(await evict(store, { maxLength: 2, pinned: true }), ["3/1/0", "3/3/0"]);
    const { pinnedLength, pinnedBytes } = await store.stores.stats("a");
    equal({ pinnedLength, pinnedBytes }, { pinnedLength: 1, pinnedBytes: 10 });
    equal(await evict(store, { maxBytes: 0, pinned: true }), []);
    await assertSumsAreCounts(store);
  },

  "equally-old-tiles-go-by-the-order-of-their-keys": async ({ store }) => {
    const places = ["4/3/1", "4/9/0@other", "3/7/7", "4/0/2", "4/15/0", "4/9/0", "3/0/0@other", "4/2/1"];
    await fill(store, "a", places);
    const inOrder = placesOf(await collect(store.tiles.scan({ stores: ["a"] })));
    equal(inOrder.length, places.length);
    for (let left = places.length - 1; left >= 0; left--) {
      equal(await evict(store, { maxLength: left }), inOrder.slice(places.length - left));
    }
  },

  "other-stores-keep-what-one-evicts": async ({ store }) => {
    await fill(store, "a", [tileAt("3/0/0", { storedAt: 1 }), tileAt("3/1/0", { storedAt: 2 }), "3/2/0"]);
    await fill(store, "b", [keptTileAt("3/0/0", { storedAt: 1 }), "3/3/0"]);
    equal(await store.tiles.evictOldest("a", { maxLength: 1 }), { removed: 2, deleted: 1, bytes: 10 });
    equal(await placesIn(store, "b"), ["3/0/0", "3/3/0"]);
    await assertSumsAreCounts(store);
  },

  "empty-tiles-count-and-go-in-their-turn": async ({ store }) => {
    await fill(store, "a", [sized("3/0/0", 1, 0), sized("3/1/0", 2, 0), sized("3/2/0", 3, 9), sized("3/3/0", 4, 0)]);
    equal(await evict(store, { maxLength: 3 }), ["3/1/0", "3/2/0", "3/3/0"]);
    equal(await evict(store, { maxBytes: 0 }), ["3/3/0"]);
  },

  "dry-run-changes-nothing": async ({ store }) => {
    await store.stores.create("a", { maxLength: 1 });
    await fill(store, "a", ["3/0/0", "3/1/0", "3/2/0"]);
    await fill(store, "b", ["3/0/0"]);
    const before = await snapshotOf(store);
    equal(await store.tiles.evictOldest("a", { dryRun: true }), { removed: 2, deleted: 1, bytes: 10 });
    equal(await store.tiles.evictOldest("a", { dryRun: true, maxLength: 0 }), { removed: 3, deleted: 2, bytes: 20 });
    equal(await snapshotOf(store), before);
  },

  "nothing-to-evict": async ({ store }) => {
    await store.stores.create("a", { maxLength: 0, maxBytes: 0 });
    equal(await store.tiles.evictOldest("a"), NOTHING);
    equal(await store.tiles.evictOldest("a", { pinned: true }), NOTHING);
    await fill(store, "a", ["3/0/0"]);
    equal(await evict(store), []);
    equal(await store.stores.list(), ["a"]);
  },
});
