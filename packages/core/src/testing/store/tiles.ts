import { TileNotFoundError } from "../../errors/tile-not-found-error.ts";
import type { TileWrite } from "../../ports/tile.ts";
import { equal, rejects } from "../assert.ts";
import { assertSumsAreCounts, placesIn, snapshotOf } from "../observe.ts";
import { bytesOf, fill, keptTileAt, keyAt, keysAt, placeOf, tileAt } from "../samples.ts";
import { scenariosOf } from "../scenario.ts";

const DETAILED: TileWrite = tileAt("5/17/11", {
  storedAt: 1_700_000_000_123,
  expiresAt: 1_700_000_900_000,
  etag: 'W/"33a64df5"',
  lastModified: "Wed, 21 Oct 2015 07:28:00 GMT",
  contentType: "image/png",
});

export const tiles = scenariosOf("tiles", {
  "read-gives-what-was-written": async ({ store }) => {
    await fill(store, "a", ["5/16/11", DETAILED, "5/17/10"]);
    equal(await store.tiles.read(keyAt("5/17/11")), { ...DETAILED, bytes: bytesOf(10, "5/17/11"), length: 10 });
    equal(await store.tiles.read(keyAt("5/16/11")), {
      ...keyAt("5/16/11"),
      storedAt: 1_000,
      bytes: bytesOf(10, "5/16/11"),
      length: 10,
    });
    equal(await store.tiles.read(keyAt("5/11/17")), undefined);
  },

  "info-is-all-but-the-bytes": async ({ store }) => {
    await fill(store, "a", [DETAILED]);
    const { bytes, ...details } = DETAILED;
    equal(await store.tiles.info([keyAt("5/17/11")]), [{ ...details, length: 10 }]);
  },

  "info-and-has-answer-in-the-order-of-the-keys": async ({ store }) => {
    await fill(store, "a", ["2/0/0", "2/1/0", "2/3/3"]);
    const keys = keysAt("2/3/3", "2/2/2", "2/0/0", "2/3/3", "2/0/0@other", "2/1/0");
    const expected = ["2/3/3", undefined, "2/0/0", "2/3/3", undefined, "2/1/0"];
    const infos = await store.tiles.info(keys);
    equal(
      infos.map((info) => info && placeOf(info)),
      expected,
    );
    equal(
      await store.tiles.has(keys),
      expected.map((place) => place !== undefined),
    );
    equal(await store.tiles.info([]), []);
    equal(await store.tiles.has([]), []);
  },

  "sources-are-apart": async ({ store }) => {
    await fill(store, "a", ["1/0/0", "1/0/0@other"]);
    equal((await store.tiles.read(keyAt("1/0/0")))?.bytes, bytesOf(10, "1/0/0"));
    equal((await store.tiles.read(keyAt("1/0/0@other")))?.bytes, bytesOf(10, "1/0/0@other"));
    await store.tiles.remove("a", keysAt("1/0/0"));
    equal(await placesIn(store, "a"), ["1/0/0@other"]);
  },

  // Details belong to the bytes they came with: the ETag of other bytes would keep a server from ever sending new ones.
  "writing-again-replaces-bytes-and-all-details": async ({ store }) => {
    await fill(store, "a", [DETAILED]);
    await fill(store, "a", [
      tileAt("5/17/11", { storedAt: 900, bytes: bytesOf(25, "new"), contentType: "image/webp" }),
    ]);
    equal(await store.tiles.read(keyAt("5/17/11")), {
      ...keyAt("5/17/11"),
      storedAt: 900,
      contentType: "image/webp",
      bytes: bytesOf(25, "new"),
      length: 25,
    });
    equal((await store.stores.stats("a")).bytes, 25);
    await assertSumsAreCounts(store);
  },

  "later-of-two-writes-stays": async ({ store }) => {
    const first = tileAt("1/0/0", { bytes: bytesOf(30, "first"), etag: "first", storedAt: 2_000 });
    const second = tileAt("1/0/0", { bytes: bytesOf(20, "second"), contentType: "image/png", storedAt: 1_000 });
    await fill(store, "a", [first, "1/1/1", second]);
    equal(await store.tiles.read(keyAt("1/0/0")), { ...second, bytes: bytesOf(20, "second"), length: 20 });
    equal((await store.stores.stats("a")).length, 2);
    equal((await store.stores.stats("a")).bytes, 30);
    await assertSumsAreCounts(store);
  },

  "without-bytes-a-tile-is-refreshed": async ({ store }) => {
    await fill(store, "a", [DETAILED]);
    await fill(store, "a", [keptTileAt("5/17/11", { storedAt: 1_800_000_000_000, expiresAt: 1_900_000_000_000 })]);
    equal(await store.tiles.read(keyAt("5/17/11")), {
      ...DETAILED,
      storedAt: 1_800_000_000_000,
      expiresAt: 1_900_000_000_000,
      bytes: bytesOf(10, "5/17/11"),
      length: 10,
    });
    const changed = { etag: '"new"', lastModified: "Thu, 22 Oct 2015 07:28:00 GMT", contentType: "image/jpeg" };
    await fill(store, "a", [keptTileAt("5/17/11", { storedAt: 5, ...changed })]);
    equal(await store.tiles.info([keyAt("5/17/11")]), [
      { ...keyAt("5/17/11"), storedAt: 5, expiresAt: 1_900_000_000_000, ...changed, length: 10 },
    ]);
    equal((await store.stores.stats("a")).length, 1);
  },

  "without-bytes-what-is-undefined-is-kept": async ({ store }) => {
    await fill(store, "a", [DETAILED]);
    const nothing = { expiresAt: undefined, etag: undefined, lastModified: undefined, contentType: undefined };
    await fill(store, "a", [keptTileAt("5/17/11", { bytes: undefined, storedAt: 7, ...nothing })]);
    const { bytes, ...details } = DETAILED;
    equal(await store.tiles.info([keyAt("5/17/11")]), [{ ...details, storedAt: 7, length: 10 }]);
  },

  "without-bytes-an-unknown-tile-fails": async ({ store }) => {
    await fill(store, "a", ["1/0/0", "1/1/0@other"]);
    const before = await snapshotOf(store);
    const error = await rejects(() => fill(store, "a", [keptTileAt("1/0/0"), keptTileAt("1/1/0")]), TileNotFoundError);
    const { source, z, x, y } = error.tile;
    equal({ source, z, x, y }, keyAt("1/1/0"));
    equal(await snapshotOf(store), before);
  },

  "latest-is-the-one-stored-last": async ({ store }) => {
    await fill(store, "a", [
      tileAt("2/0/0", { storedAt: 3_000 }),
      tileAt("2/3/3", { storedAt: 5_000, etag: "latest" }),
      tileAt("2/1/1", { storedAt: 4_000 }),
    ]);
    await fill(store, "a", [tileAt("2/2/2", { storedAt: 1_000 })]);
    await fill(store, "b", [tileAt("2/2/3", { storedAt: 9_000 })]);
    equal(await store.tiles.latest("a"), {
      ...keyAt("2/3/3"),
      storedAt: 5_000,
      etag: "latest",
      bytes: bytesOf(10, "2/3/3"),
      length: 10,
    });
    await fill(store, "a", [keptTileAt("2/0/0", { storedAt: 6_000 })]);
    equal((await store.tiles.latest("a"))?.storedAt, 6_000);
    await store.tiles.remove("a", keysAt("2/0/0", "2/3/3"));
    equal((await store.tiles.latest("a"))?.storedAt, 4_000);
  },

  "commit-of-no-tiles-is-fine": async ({ store }) => {
    await fill(store, "a", ["1/0/0"]);
    const before = await snapshotOf(store);
    await store.commit({ store: "a", tiles: [] });
    equal(await snapshotOf(store), before);
    equal(await placesIn(store, "a"), ["1/0/0"]);
  },

  "thousands-at-once": async ({ store }) => {
    const places = Array.from({ length: 3_000 }, (_, i) => `12/${i}/7`);
    await fill(
      store,
      "a",
      places.map((place, i) => tileAt(place, { bytes: bytesOf(i % 5, place) })),
    );
    equal(await store.stores.stats("a").then(({ length, bytes }) => [length, bytes]), [3_000, 6_000]);
    const keys = [...keysAt(...places), keyAt("12/3000/7")];
    const has = await store.tiles.has(keys, { stores: ["missing", "a"] });
    equal([has.indexOf(false), has.length], [3_000, 3_001]);
    const infos = await store.tiles.info(keys);
    equal(
      infos.map((info) => info?.x),
      [...places.keys(), undefined],
    );
    equal(await store.tiles.remove("a", keys), { removed: 3_000, deleted: 3_000, bytes: 6_000 });
    equal(await placesIn(store, "a"), []);
  },
});
