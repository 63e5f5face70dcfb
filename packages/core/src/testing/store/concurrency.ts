import { DownloadExistsError } from "../../errors/download-exists-error.ts";
import { DownloadInProgressError } from "../../errors/download-in-progress-error.ts";
import { StoreExistsError } from "../../errors/store-exists-error.ts";
import { StoreNotFoundError } from "../../errors/store-not-found-error.ts";
import { TileNotFoundError } from "../../errors/tile-not-found-error.ts";
import type { TileStore } from "../../ports/tile-store.ts";
import { equal, holds } from "../assert.ts";
import { assertSumsAreCounts, placesIn } from "../observe.ts";
import { bytesOf, fill, keptTileAt, keyAt, keysAt, placeOf, recordOf, tileAt } from "../samples.ts";
import { scenariosOf } from "../scenario.ts";
import type { Need } from "../store-harness.ts";

const needs: readonly Need[] = ["connections"];

/** The numbers from 0 to `length`, not included. */
const upTo = (length: number) => Array.from({ length }, (_, i) => i);

/** Commits of ten tiles each, all begun at once: every one overlaps with the next. */
async function commitAtOnce(stores: readonly TileStore[], name: string, commits: number): Promise<void> {
  const commit = (store: TileStore, i: number) => {
    const places = upTo(10).map((x) => `8/${i * 5 + x}/3`);
    const tiles = places.map((place) => tileAt(place, { bytes: bytesOf(i + 1, place) }));
    return store.commit({ store: name, tiles, pinned: i % 3 === 0 });
  };
  await Promise.all(stores.flatMap((store, s) => upTo(commits).map((i) => commit(store, i + s))));
}

export const concurrency = scenariosOf("concurrency", {
  "many-commits-at-once": async ({ store }) => {
    await store.stores.create("a");
    await store.stores.create("b");
    await Promise.all([commitAtOnce([store], "a", 40), commitAtOnce([store], "b", 40)]);
    equal((await placesIn(store, "a")).length, 205);
    equal((await store.stats()).length, 205);
    await assertSumsAreCounts(store);
  },

  "everything-at-once": async ({ store }) => {
    await fill(
      store,
      "a",
      upTo(100).map((x) => `8/${x}/3`),
    );
    await store.stores.create("b");
    const kept = upTo(50).map((x) => keptTileAt(`8/${x}/3`));
    const results = await Promise.allSettled([
      store.commit({ store: "b", tiles: kept }),
      store.tiles.remove(
        "a",
        upTo(60).map((x) => keyAt(`8/${x}/3`)),
      ),
      commitAtOnce([store], "b", 10),
      store.tiles.evictOldest("a", { maxLength: 30 }),
      store.stores.rename("b", "c"),
      store.tiles.removeOlderThan("c", 1_500),
      store.stores.reset("a"),
      store.stores.create("b"),
      commitAtOnce([store], "a", 10),
    ]);
    // Which of them find their store depends on who comes first; nothing else may go wrong.
    const reasons = results.flatMap((result) => (result.status === "rejected" ? [result.reason] : []));
    equal(
      reasons.filter(
        (reason) =>
          !StoreNotFoundError.isInstance(reason) &&
          !TileNotFoundError.isInstance(reason) &&
          !StoreExistsError.isInstance(reason),
      ),
      [],
    );
    await fill(store, "a", ["8/200/3"]);
    equal((await placesIn(store, "a")).at(-1), "8/200/3");
    await assertSumsAreCounts(store);
  },

  "reads-during-writes-see-one-version-of-a-tile": async ({ store }) => {
    const version = (i: number) => tileAt("8/1/1", { storedAt: i, etag: `${i}`, bytes: bytesOf(50 + i, `${i}`) });
    await fill(store, "a", [version(0)]);
    const writes = upTo(30).map((i) => store.commit({ store: "a", tiles: [version(i + 1), tileAt(`8/2/${i}`)] }));
    const reads = await Promise.all(upTo(60).map(() => store.tiles.read(keyAt("8/1/1"))));
    await Promise.all(writes);
    for (const tile of reads) {
      holds(tile !== undefined, "a tile that is written anew is there all the while");
      const { bytes, length, storedAt, etag } = tile;
      const expected = version(storedAt);
      equal(
        { bytes, length, etag },
        { bytes: bytesOf(50 + storedAt, `${storedAt}`), length: 50 + storedAt, etag: expected.etag },
      );
    }
  },

  "scan-during-writes-gives-what-stays-exactly-once": async ({ store }) => {
    const staying = upTo(700).map((i) => `11/${2 * i}/9`);
    const going = upTo(350).map((i) => `11/${4 * i + 1}/9`);
    await fill(store, "a", [...staying, ...going]);
    const seen: string[] = [];
    for await (const tile of store.tiles.scan({ stores: ["a"] })) {
      seen.push(placeOf(tile));
      const i = seen.length;
      if (i % 40 !== 0) continue;
      // Before and behind the scan, so that pages by number of tiles would skip or repeat some.
      await store.tiles.remove("a", keysAt(...going.slice(i / 8, i / 8 + 5), ...going.slice(-i / 8 - 5, -i / 8)));
      await fill(store, "a", [`11/${i}/8`, `11/${i}/10`, tileAt(`11/${2 * i}/9`, { bytes: bytesOf(99, "new") })]);
    }
    const counts = new Map<string, number>();
    for (const place of seen) counts.set(place, (counts.get(place) ?? 0) + 1);
    equal(
      staying.filter((place) => counts.get(place) !== 1),
      [],
      "tiles that stay and did not come exactly once",
    );
    equal(
      seen.filter((place) => (counts.get(place) ?? 0) > 1),
      [],
      "tiles that came more than once",
    );
  },

  "tile-that-is-removed-ahead-of-a-scan-may-be-left-out-and-no-other": async ({ store }) => {
    const places = upTo(20).map((x) => `8/${x}/3`);
    await fill(store, "a", places);
    const seen: string[] = [];
    for await (const tile of store.tiles.scan({ bytes: true })) {
      seen.push(placeOf(tile));
      if (seen.length === 5) await store.tiles.remove("a", keysAt(...places.slice(0, 5), "8/10/3"));
    }
    equal(
      seen.filter((place) => place !== "8/10/3"),
      places.filter((place) => place !== "8/10/3"),
    );
  },

  "same-download-is-acquired-by-one": async ({ store }) => {
    await store.stores.create("a");
    await store.downloads.put(recordOf("d", "a"));
    await assertOneAcquires([store, store]);
  },

  "two-connections-see-each-other": {
    needs,
    run: async ({ store, connect }) => {
      const other = await connect();
      await fill(store, "a", ["1/0/0"]);
      equal(await other.stores.list(), ["a"]);
      equal((await other.tiles.read(keyAt("1/0/0")))?.bytes, bytesOf(10, "1/0/0"));
      await other.commit({ store: "a", tiles: [tileAt("1/1/1@a new source")], pinned: true });
      await other.metadata.set("a", { colour: "red" });
      equal(await placesIn(store, "a").then((places) => new Set(places)), new Set(["1/0/0", "1/1/1@a new source"]));
      equal(await store.metadata.read("a"), { colour: "red" });
      equal((await store.stores.stats("a")).pinnedLength, 1);
      await store.stores.rename("a", "b");
      equal(await other.stores.has("a"), false);
      equal((await other.stores.stats("b")).length, 2);
      await other.stores.delete("b");
      await other.stores.create("b");
      equal((await store.stores.stats("b")).length, 0);
      equal((await store.stats()).length, 0);
      await store.commit({ store: "b", tiles: [tileAt("1/1/1@a new source")] });
      equal(await placesIn(other, "b"), ["1/1/1@a new source"]);
    },
  },

  "two-connections-write-at-once": {
    needs,
    run: async ({ store, connect }) => {
      const other = await connect();
      await store.stores.create("a");
      await commitAtOnce([store, other], "a", 25);
      equal((await placesIn(other, "a")).length, 135);
      await assertSumsAreCounts(store);
      await assertSumsAreCounts(other);
    },
  },

  "two-connections-lose-no-update": {
    needs,
    run: async ({ store, connect }) => {
      const other = await connect();
      await Promise.all([store.stores.create("a"), other.stores.create("a")]);
      const both = [store, other];
      const each = (call: (store: TileStore, i: number) => Promise<unknown>) =>
        Promise.all(both.flatMap((connection, c) => upTo(10).map((i) => call(connection, c * 10 + i))));
      await each((connection) => connection.stores.recordUse("a", { hits: 1, misses: 2 }));
      await each((connection, i) => connection.metadata.set("a", { [`key ${i}`]: "value" }));
      const { hits, misses } = await store.stores.stats("a");
      equal({ hits, misses }, { hits: 20, misses: 40 });
      equal(Object.keys(await other.metadata.read("a")).length, 20);
      await fill(
        store,
        "a",
        upTo(40).map((x) => `8/${x}/3`),
      );
      const freed = await Promise.all(both.map((connection) => connection.tiles.evictOldest("a", { maxLength: 10 })));
      equal(
        freed.reduce((sum, { deleted }) => sum + deleted, 0),
        30,
        "what both evicted together",
      );
      await assertSumsAreCounts(store);
    },
  },

  "two-connections-cannot-own-one-download": {
    needs,
    run: async ({ store, connect }) => {
      const other = await connect();
      await store.stores.create("a");
      const puts = await Promise.allSettled([store, other].map(({ downloads }) => downloads.put(recordOf("d", "a"))));
      assertOneSucceeds(puts, DownloadExistsError.isInstance);
      await assertOneAcquires([store, other]);
    },
  },

  "connection-goes-on-when-another-is-closed": {
    needs,
    run: async ({ store, connect }) => {
      const other = await connect();
      await fill(store, "a", ["1/0/0"]);
      await store.close();
      await fill(other, "a", ["1/1/1"]);
      equal(await placesIn(other, "a"), ["1/0/0", "1/1/1"]);
    },
  },
});

/** Lets five owners a connection ask for "d" at the same time. */
async function assertOneAcquires(connections: readonly TileStore[]): Promise<void> {
  const requests = connections.flatMap(({ downloads }, c) =>
    upTo(5).map((i) => downloads.acquire("d", { owner: `${c}.${i}`, now: 1_000, expiresAt: 5_000 })),
  );
  const owner = assertOneSucceeds(await Promise.allSettled(requests), DownloadInProgressError.isInstance)?.owner;
  equal((await connections[0]?.downloads.get("d"))?.lease?.owner, owner);
}

function assertOneSucceeds<T>(
  results: readonly PromiseSettledResult<T>[],
  isExpected: (error: unknown) => boolean,
): T | undefined {
  const values = results.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
  equal(values.length, 1, "the number of calls that succeeded");
  const others = results.filter((result) => result.status === "rejected" && !isExpected(result.reason));
  equal(others, [], "calls that failed for another reason");
  return values[0];
}
