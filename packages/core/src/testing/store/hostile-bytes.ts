import { TileNotFoundError } from "../../errors/tile-not-found-error.ts";
import type { TileWrite } from "../../ports/tile.ts";
import type { TileStore } from "../../ports/tile-store.ts";
import { equal, holds, rejects } from "../assert.ts";
import { collect } from "../observe.ts";
import { bytesOf, fill, keptTileAt, keyAt, keysAt, placeOf, tileAt } from "../samples.ts";
import { scenariosOf } from "../scenario.ts";

const MEGABYTE = 2 ** 20;
const LAST = 2 ** 24 - 1;

async function bytesAt(store: TileStore, place: string): Promise<Uint8Array | undefined> {
  return (await store.tiles.read(keyAt(place)))?.bytes;
}

export const hostileBytes = scenariosOf("hostile-bytes", {
  "none-at-all": async ({ store }) => {
    await fill(store, "a", [tileAt("1/0/0", { bytes: new Uint8Array() }), "1/1/0"]);
    equal(await bytesAt(store, "1/0/0"), new Uint8Array());
    equal(await store.tiles.has(keysAt("1/0/0")), [true]);
    const { length, bytes } = await store.stores.stats("a");
    equal({ length, bytes }, { length: 2, bytes: 10 });
    await fill(store, "a", [keptTileAt("1/0/0", { etag: "new" }), tileAt("1/1/0", { bytes: new Uint8Array() })]);
    equal((await store.stores.stats("a")).bytes, 0);
    equal(await store.tiles.remove("a", keysAt("1/0/0", "1/1/0")), { removed: 2, deleted: 2, bytes: 0 });
  },

  "twenty-megabytes": async ({ store }) => {
    const bytes = new Uint8Array(20 * MEGABYTE);
    for (let i = 0; i < bytes.length; i += 4_099) bytes[i] = i;
    bytes[bytes.length - 1] = 7;
    await fill(store, "a", [tileAt("1/0/0", { bytes })]);
    const stored = await bytesAt(store, "1/0/0");
    holds(stored !== undefined && stored.length === bytes.length, "a tile of 20 MB is as long as it was");
    holds(
      stored.every((byte, i) => byte === bytes[i]),
      "a tile of 20 MB holds what it held",
    );
    equal((await store.stats()).bytes, 20 * MEGABYTE);
  },

  "all-values-of-a-byte": async ({ store }) => {
    const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);
    await fill(store, "a", [tileAt("1/0/0", { bytes })]);
    equal(await bytesAt(store, "1/0/0"), bytes);
  },

  "corners-of-the-deepest-zoom": async ({ store }) => {
    const corners = [
      [0, 0],
      [LAST, 0],
      [0, LAST],
      [LAST, LAST],
    ].map(([x, y]) => `24/${x}/${y}`);
    const places = ["0/0/0", `23/${2 ** 23 - 1}/${2 ** 23 - 1}`, ...corners];
    await fill(store, "a", places.toReversed());
    equal((await collect(store.tiles.scan())).map(placeOf), places);
    for (const place of places) equal(await bytesAt(store, place), bytesOf(10, place));
    const after = keyAt(`24/${LAST}/0`);
    equal((await collect(store.tiles.scan({ after }))).map(placeOf), corners.slice(2));
    equal(await store.tiles.remove("a", keysAt(...corners)), { removed: 4, deleted: 4, bytes: 40 });
  },

  "greatest-and-least-times": async ({ store }) => {
    const most = 8_640_000_000_000_000;
    await fill(store, "a", [
      tileAt("1/0/0", { storedAt: 0, expiresAt: 0 }),
      tileAt("1/1/0", { storedAt: most, expiresAt: most }),
    ]);
    const infos = await store.tiles.info(keysAt("1/0/0", "1/1/0"));
    equal(
      infos.map((info) => [info?.storedAt, info?.expiresAt]),
      [
        [0, 0],
        [most, most],
      ],
    );
    equal((await store.tiles.latest("a"))?.x, 1);
    equal((await store.tiles.removeOlderThan("a", most)).removed, 1);
  },

  "part-of-a-greater-buffer": async ({ store }) => {
    for (const transfer of [false, true]) {
      const whole = bytesOf(100, "whole");
      await fill(store, "a", [tileAt("1/0/0", { bytes: whole.subarray(30, 50) })], { transfer });
      equal(await bytesAt(store, "1/0/0"), bytesOf(100, "whole").slice(30, 50), `with transfer: ${transfer}`);
      equal((await store.stores.stats("a")).bytes, 20);
    }
  },

  // Servers' answers come in buffers that others use as well: what is not the tile's is not the store's to take.
  "what-lies-around-a-tile-is-left-alone": async ({ store }) => {
    for (const transfer of [false, true]) {
      const whole = bytesOf(100, "whole");
      const [before, bytes, after] = [whole.subarray(0, 30), whole.subarray(30, 50), whole.subarray(50)];
      await fill(store, "a", [tileAt("1/0/0", { bytes })], { transfer });
      const expected = bytesOf(100, "whole");
      equal(before, expected.slice(0, 30), `what comes before, with transfer: ${transfer}`);
      equal(after, expected.slice(50), `what comes after, with transfer: ${transfer}`);
      equal(await bytesAt(store, "1/0/0"), expected.slice(30, 50), `the tile, with transfer: ${transfer}`);
    }
  },

  "tiles-that-share-a-buffer": async ({ store }) => {
    for (const transfer of [false, true]) {
      const whole = bytesOf(40, "whole");
      const tiles = [
        tileAt("2/0/0", { bytes: whole.subarray(0, 20) }),
        tileAt("2/1/0", { bytes: whole.subarray(20) }),
        tileAt("2/2/0", { bytes: whole.subarray(10, 30) }),
        tileAt("2/3/0", { bytes: whole }),
      ];
      await fill(store, "a", tiles, { transfer });
      const expected = bytesOf(40, "whole");
      equal(await bytesAt(store, "2/0/0"), expected.slice(0, 20), `the first, with transfer: ${transfer}`);
      equal(await bytesAt(store, "2/1/0"), expected.slice(20), `the second, with transfer: ${transfer}`);
      equal(await bytesAt(store, "2/2/0"), expected.slice(10, 30), `the third, with transfer: ${transfer}`);
      equal(await bytesAt(store, "2/3/0"), expected, `the whole, with transfer: ${transfer}`);
    }
  },

  "same-array-twice": async ({ store }) => {
    for (const transfer of [false, true]) {
      const bytes = bytesOf(20, "same");
      await fill(store, "a", [tileAt("1/0/0", { bytes }), tileAt("1/1/0", { bytes }), tileAt("1/0/0", { bytes })], {
        transfer,
      });
      equal(await bytesAt(store, "1/0/0"), bytesOf(20, "same"), `with transfer: ${transfer}`);
      equal(await bytesAt(store, "1/1/0"), bytesOf(20, "same"), `with transfer: ${transfer}`);
    }
  },

  "in-memory-that-is-shared-between-threads": async ({ store }) => {
    for (const transfer of [false, true]) {
      // Pages that are not isolated have none of it, and there ordinary memory has to do.
      const shared = typeof SharedArrayBuffer === "undefined" ? new ArrayBuffer(40) : new SharedArrayBuffer(40);
      const bytes = new Uint8Array(shared, 10, 20);
      bytes.set(bytesOf(20, "shared"));
      await fill(store, "a", [tileAt("1/0/0", { bytes })], { transfer });
      overwrite(bytes);
      equal(await bytesAt(store, "1/0/0"), bytesOf(20, "shared"), `with transfer: ${transfer}`);
    }
  },

  "writers-bytes-are-left-as-they-are": async ({ store }) => {
    const bytes = bytesOf(20, "mine");
    await fill(store, "a", [tileAt("1/0/0", { bytes })]);
    equal(bytes, bytesOf(20, "mine"));
    await rejects(() => fill(store, "a", [tileAt("1/0/0", { bytes }), keptTileAt("1/1/1")]), TileNotFoundError);
    equal(bytes, bytesOf(20, "mine"), "after a commit that failed");
  },

  "writers-later-changes-do-not-reach-the-store": async ({ store }) => {
    for (const transfer of [false, true]) {
      const bytes = bytesOf(20, "mine");
      await fill(store, "a", [tileAt("1/0/0", { bytes })], { transfer });
      overwrite(bytes);
      equal(await bytesAt(store, "1/0/0"), bytesOf(20, "mine"), `with transfer: ${transfer}`);
    }
  },

  "transferred-bytes-are-empty-or-untouched": async ({ store }) => {
    await store.stores.create("a");
    const tiles = ["1/0/0", "1/1/0"].map((place) => tileAt(place));
    await store.commit({ store: "a", tiles, transfer: true });
    assertEmptyOrUntouched(tiles);
    const failing = [tileAt("1/0/1"), keptTileAt("1/1/1")];
    await rejects(() => store.commit({ store: "a", tiles: failing, transfer: true }), TileNotFoundError);
    assertEmptyOrUntouched(failing);
    equal(await store.tiles.has(keysAt("1/0/1")), [false]);
  },

  "readers-bytes-are-their-own": async ({ store }) => {
    await fill(store, "a", ["1/0/0", tileAt("1/1/0", { storedAt: 5_000 })]);
    const scanned = await collect(store.tiles.scan({ bytes: true }));
    const read = [await store.tiles.read(keyAt("1/0/0")), await store.tiles.read(keyAt("1/0/0"))];
    const tiles = [...scanned, ...read, await store.tiles.latest("a")];
    const arrays = tiles.flatMap((tile) => (tile === undefined ? [] : [tile.bytes]));
    equal(new Set(arrays.map(({ buffer }) => buffer)).size, 5, "the number of buffers of five reads");
    for (const bytes of arrays) {
      bytes.fill(0);
      equal(await bytesAt(store, "1/0/0"), bytesOf(10, "1/0/0"));
      equal(await bytesAt(store, "1/1/0"), bytesOf(10, "1/1/0"));
    }
  },
});

function assertEmptyOrUntouched(tiles: readonly TileWrite[]): void {
  for (const { bytes, ...key } of tiles) {
    if (bytes !== undefined && bytes.length > 0)
      equal(bytes, bytesOf(10, placeOf(key)), "bytes that were not taken over");
  }
}

/** What is empty after a transfer cannot be written to at all. */
function overwrite(bytes: Uint8Array): void {
  if (bytes.length > 0) bytes.fill(0);
}
