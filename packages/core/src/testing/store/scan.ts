import type { ScanOptions } from "../../ports/stored-tiles.ts";
import type { TileKey } from "../../ports/tile.ts";
import type { TileStore } from "../../ports/tile-store.ts";
import { equal, holds } from "../assert.ts";
import { collect } from "../observe.ts";
import { bytesOf, fill, keyAt, keysAt, placeOf, placesOf, tileAt } from "../samples.ts";
import { scenariosOf } from "../scenario.ts";

/** Not in the order of covers; at zooms and columns that as texts would be in another order. */
const PLACES = ["2/0/1", "10/2/9", "9/11/3", "2/3/0", "0/0/0", "10/9/2", "9/2/3", "9/300/3", "10/10/2", "1/1/1"];
const IN_ORDER = ["0/0/0", "1/1/1", "2/3/0", "2/0/1", "9/2/3", "9/11/3", "9/300/3", "10/9/2", "10/10/2", "10/2/9"];

const LAST = 2 ** 24 - 1;

function keysOf(sources: readonly string[], places: readonly string[]): readonly TileKey[] {
  return sources.flatMap((source) => places.map((place) => ({ ...keyAt(place), source })));
}

async function scan(store: TileStore, options?: ScanOptions): Promise<readonly string[]> {
  return placesOf(await collect(store.tiles.scan(options)));
}

export const scans = scenariosOf("scan", {
  "order-is-that-of-covers": async ({ store }) => {
    await fill(store, "a", PLACES);
    equal(await scan(store), IN_ORDER);
    equal(await scan(store, { stores: ["a"], bytes: true }), IN_ORDER);
  },

  "tiles-of-a-source-come-together": async ({ store }) => {
    const sources = ["zebra", "topo", "alps", "Zoo"];
    await fill(
      store,
      "a",
      PLACES.flatMap((place) => sources.map((source) => `${place}@${source}`)),
    );
    const keys = await collect(store.tiles.scan());
    const changes = keys.filter(({ source }, i) => source !== keys[i - 1]?.source);
    equal(changes.length, sources.length, "how often the source changes");
    for (const source of sources) {
      const ofSource = IN_ORDER.map((place) => placeOf({ ...keyAt(place), source }));
      equal(placesOf(keys.filter((key) => key.source === source)), ofSource);
      equal(await scan(store, { source }), ofSource);
    }
    equal(await scan(store, { source: "missing" }), []);
  },

  "stores-source-and-place-narrow-together": async ({ store }) => {
    await fill(store, "a", ["3/0/0", "3/1/0", "3/2/0@other"]);
    await fill(store, "b", ["3/1/0", "3/3/0", "3/3/0@other"]);
    await fill(store, "c", ["3/4/0"]);
    equal(await scan(store, { stores: ["a", "b"], source: "topo" }), ["3/0/0", "3/1/0", "3/3/0"]);
    equal(await scan(store, { stores: ["b", "a", "b"], source: "other" }), ["3/2/0@other", "3/3/0@other"]);
    equal(await scan(store, { stores: ["a", "b"], source: "topo", after: keyAt("3/0/0") }), ["3/1/0", "3/3/0"]);
    equal(await scan(store, { stores: [] }), []);
  },

  "bytes-come-when-asked-for": async ({ store }) => {
    const details = { etag: '"1"', contentType: "image/png", expiresAt: 5_000 };
    await fill(store, "a", [tileAt("3/1/0", details), "3/0/0"]);
    const info = { ...keyAt("3/1/0"), storedAt: 1_000, ...details, length: 10 };
    const bytes = bytesOf(10, "3/1/0");
    equal((await collect(store.tiles.scan()))[1], info);
    equal((await collect(store.tiles.scan({ bytes: false })))[1], info);
    equal((await collect(store.tiles.scan({ bytes: true })))[1], { ...info, bytes });
  },

  "goes-on-behind-any-tile": async ({ store }) => {
    await fill(store, "a", [...PLACES, ...PLACES.map((place) => `${place}@other`)]);
    const all = await collect(store.tiles.scan());
    for (const [i, { source, z, x, y }] of all.entries()) {
      equal(await scan(store, { after: { source, z, x, y } }), placesOf(all.slice(i + 1)), `what comes behind ${i}`);
    }
    equal(await scan(store, { source: "topo", after: keyAt("9/11/3") }), IN_ORDER.slice(6));
  },

  "goes-on-behind-what-is-not-there": async ({ store }) => {
    await fill(store, "a", PLACES);
    equal(await scan(store, { after: keyAt("0/0/0") }), IN_ORDER.slice(1));
    equal(await scan(store, { after: keyAt("2/0/0") }), IN_ORDER.slice(2));
    equal(await scan(store, { after: keyAt("9/12/3") }), IN_ORDER.slice(6));
    equal(await scan(store, { after: keyAt("10/0/9") }), IN_ORDER.slice(9));
    equal(await scan(store, { after: keyAt("24/16777215/16777215") }), []);
  },

  // Whichever way round the sources come: the first is removed as a whole, and the second has to come.
  "goes-on-behind-a-source-that-is-gone": async ({ store }) => {
    for (const [first, second] of [
      ["m", "z"],
      ["m", "b"],
    ] as const) {
      await fill(store, "a", [`3/1/0@${first}`, `3/2/0@${first}`]);
      await fill(store, "a", [`3/1/0@${second}`, `3/2/0@${second}`]);
      const keys: readonly TileKey[] = await collect(store.tiles.scan());
      const [, last] = keys;
      holds(last !== undefined, "four tiles were committed");
      await store.tiles.remove("a", keys.slice(0, 2));
      equal(await scan(store, { after: keyAt(placeOf(last)) }), placesOf(keys.slice(2)));
      await store.tiles.remove("a", keys);
    }
  },

  "goes-over-many": async ({ store }) => {
    const places = Array.from({ length: 2_500 }, (_, i) => `6/${i % 64}/${Math.floor(i / 64)}`);
    await fill(
      store,
      "a",
      places.toReversed().map((place) => tileAt(place, { bytes: bytesOf(3, place) })),
    );
    equal(await scan(store, { stores: ["a"] }), places);
    const tiles = await collect(store.tiles.scan({ bytes: true }));
    equal(placesOf(tiles), places);
    equal(tiles.at(-1)?.bytes, bytesOf(3, places.at(-1) ?? ""));
  },

  // So many that a store which numbers them comes to numbers that JavaScript does not hold exactly.
  "goes-over-many-sources": async ({ store }) => {
    const places = ["0/0/0", "1/1/1", `24/${LAST}/${LAST}`];
    const sources = Array.from({ length: 100 }, (_, i) => `source ${i}`);
    await fill(
      store,
      "a",
      sources.flatMap((source) => places.map((place) => `${place}@${source}`)),
    );
    for (const stores of [undefined, ["a"]]) {
      equal((await scan(store, { stores })).toSorted(), placesOf(keysOf(sources, places)).toSorted());
      for (const source of sources) {
        const expected = placesOf(keysOf([source], places));
        equal(await scan(store, { stores, source }), expected);
        equal(await scan(store, { stores, source, after: keyAt(`0/0/0@${source}`) }), expected.slice(1));
      }
    }
  },

  "may-be-left-and-begun-again": async ({ store }) => {
    await fill(store, "a", PLACES);
    const seen: string[] = [];
    for await (const tile of store.tiles.scan()) {
      seen.push(placeOf(tile));
      if (seen.length === 3) break;
    }
    equal(seen, IN_ORDER.slice(0, 3));
    await fill(store, "a", ["0/0/0"]);
    await store.tiles.remove("a", keysAt("1/1/1"));
    equal(await scan(store), ["0/0/0", ...IN_ORDER.slice(2)]);
  },

  "several-at-once": async ({ store }) => {
    await fill(store, "a", PLACES);
    const one = store.tiles.scan()[Symbol.asyncIterator]();
    const other = store.tiles.scan()[Symbol.asyncIterator]();
    for (const place of IN_ORDER) {
      for (const items of [one, other]) {
        const { value } = await items.next();
        equal(value === undefined ? undefined : placeOf(value), place);
      }
    }
    equal((await one.next()).done, true);
    equal((await other.next()).done, true);
  },
});
