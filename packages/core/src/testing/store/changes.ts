import { concatMap, filter, firstValueFrom, map, takeWhile, toArray } from "rxjs";
import { DownloadInProgressError } from "../../errors/download-in-progress-error.ts";
import { StoreExistsError } from "../../errors/store-exists-error.ts";
import { StoreNotFoundError } from "../../errors/store-not-found-error.ts";
import { TileNotFoundError } from "../../errors/tile-not-found-error.ts";
import type { TileStore } from "../../ports/tile-store.ts";
import { equal, rejects } from "../assert.ts";
import { failedAt, fill, keptTileAt, keysAt, progressOf, recordOf, tileAt } from "../samples.ts";
import { scenariosOf } from "../scenario.ts";
import { toldChanges } from "../told-changes.ts";
import { worldCover } from "../world-cover.ts";

export const changes = scenariosOf("changes", {
  "of-stores": async ({ store }) => {
    await fill(store, "full", ["1/0/0"]);
    await store.downloads.put(recordOf("d", "full"));
    await fill(store, "emptied", ["1/0/0"]);
    await store.downloads.put(recordOf("e", "emptied"));
    const { stores } = store;
    const told = await toldChanges(store, {
      create: () => stores.create("a", { maxLength: 5 }),
      setLimits: () => stores.setLimits("a", { maxLength: 6 }),
      recordUse: () => stores.recordUse("a", { hits: 1, misses: 0 }),
      rename: () => stores.rename("a", "b"),
      reset: () => stores.reset("emptied"),
      delete: () => stores.delete("b"),
      "delete with tiles": () => stores.delete("full"),
    });
    equal(told.create, ["stores of a"]);
    equal(told.setLimits, ["stores of a"]);
    equal(told.recordUse, ["use of a"]);
    equal(told.rename, ["stores of a", "stores of b"]);
    equal(told.reset, ["downloads of emptied", "tiles of emptied", "use of emptied"]);
    assertTold(told.delete, ["stores of b"], ["metadata of b", "use of b"]);
    assertTold(
      told["delete with tiles"],
      ["downloads of full", "stores of full", "tiles of full"],
      ["metadata of full", "use of full"],
    );
  },

  "of-a-rename-with-downloads": async ({ store }) => {
    await fill(store, "a", ["1/0/0"]);
    await store.downloads.put(recordOf("d", "a"));
    const told = await toldChanges(store, { rename: () => store.stores.rename("a", "b") });
    const allowed = [
      "downloads of a",
      "metadata of a",
      "metadata of b",
      "tiles of a",
      "tiles of b",
      "use of a",
      "use of b",
    ];
    assertTold(told.rename, ["downloads of b", "stores of a", "stores of b"], allowed);
  },

  "of-metadata": async ({ store }) => {
    const { metadata } = store;
    await store.stores.create("a");
    const told = await toldChanges(store, {
      set: () => metadata.set("a", { colour: "red", size: "small" }),
      remove: () => metadata.remove("a", "colour"),
      reset: () => metadata.reset("a"),
    });
    equal(told, { set: ["metadata of a"], remove: ["metadata of a"], reset: ["metadata of a"] });
  },

  "of-tiles": async ({ store }) => {
    const { tiles } = store;
    const places = ["2/0/0", "2/1/0", "2/2/0", "2/3/0"];
    await fill(store, "a", places);
    const told = await toldChanges(store, {
      commit: () => store.commit({ store: "a", tiles: [tileAt("2/0/1", { storedAt: 5_000 })] }),
      refresh: () => store.commit({ store: "a", tiles: [keptTileAt("2/0/0", { storedAt: 900 })] }),
      pin: () => store.commit({ store: "a", tiles: [keptTileAt("2/0/1", { storedAt: 5_000 })], pinned: true }),
      removeOlderThan: () => tiles.removeOlderThan("a", 1_000),
      remove: () => tiles.remove("a", keysAt("2/1/0")),
      evictOldest: () => tiles.evictOldest("a", { maxLength: 1 }),
      removeCover: () => tiles.removeCover("a", "topo", worldCover(2, 2)),
    });
    for (const [step, changes] of Object.entries(told)) equal(changes, ["tiles of a"], `what ${step} told`);
  },

  "of-tiles-that-other-stores-hold": async ({ store }) => {
    await fill(store, "a", ["1/0/0"]);
    await fill(store, "b", ["1/0/0", "1/1/1"]);
    await fill(store, "c", ["1/1/1"]);
    const told = await toldChanges(store, {
      write: () => store.commit({ store: "a", tiles: [tileAt("1/0/0", { bytes: new Uint8Array(3) })] }),
      refresh: () => store.commit({ store: "a", tiles: [keptTileAt("1/0/0", { storedAt: 5_000 })] }),
      remove: () => store.tiles.remove("b", keysAt("1/0/0")),
    });
    equal(told, { write: ["tiles of a", "tiles of b"], refresh: ["tiles of a", "tiles of b"], remove: ["tiles of b"] });
  },

  "of-downloads": async ({ store }) => {
    const { downloads } = store;
    await store.stores.create("a");
    const checkpoint = { download: "d", epoch: 1, progress: progressOf([0, 1]), failed: [failedAt(0)] };
    const told = await toldChanges(store, {
      put: () => downloads.put(recordOf("d", "a")),
      acquire: () => downloads.acquire("d", { owner: "one", now: 1_000, expiresAt: 5_000 }),
      renew: () => downloads.renew("d", { epoch: 1, expiresAt: 6_000 }),
      checkpoint: () => store.commit({ store: "a", tiles: [], checkpoint }),
      "checkpoint with tiles": () => store.commit({ store: "a", tiles: [tileAt("1/0/0")], checkpoint }),
      release: () => downloads.release("d", { epoch: 1 }),
      remove: () => downloads.remove("d"),
    });
    const { "checkpoint with tiles": both, ...others } = told;
    equal(both, ["downloads of a", "tiles of a"]);
    for (const [step, changes] of Object.entries(others)) equal(changes, ["downloads of a"], `what ${step} told`);
  },

  "nothing-is-told-of-what-changes-nothing": async ({ store }) => {
    const { stores, tiles, downloads } = store;
    const dryRun = true;
    await fill(store, "a", ["1/0/0"]);
    await stores.create("b");
    await downloads.put(recordOf("d", "a"));
    await downloads.acquire("d", { owner: "one", now: 1_000, expiresAt: 5_000 });
    const told = await toldChanges(store, {
      "create again": () => stores.create("a", { maxLength: 4 }),
      "delete of nothing": () => stores.delete("missing"),
      "rename to itself": () => stores.rename("a", "a"),
      "rename that fails": () => rejects(() => stores.rename("a", "b"), StoreExistsError),
      "unknown store": () => rejects(() => stores.setLimits("missing", { maxLength: 4 }), StoreNotFoundError),
      "remove of nothing": () => tiles.remove("a", keysAt("1/1/1")),
      "evict of nothing": () => tiles.evictOldest("a", { maxLength: 1 }),
      "dry runs": () =>
        Promise.all([
          tiles.remove("a", keysAt("1/0/0"), { dryRun }),
          tiles.removeCover("a", "topo", worldCover(1, 1), { dryRun }),
          tiles.removeOlderThan("a", 9_000, { dryRun }),
          tiles.evictOldest("a", { maxLength: 0, dryRun }),
        ]),
      "commit of nothing": () => store.commit({ store: "a", tiles: [] }),
      "acquire that fails": () =>
        rejects(() => downloads.acquire("d", { owner: "two", now: 1_000, expiresAt: 5_000 }), DownloadInProgressError),
      "release of what is lost": () => downloads.release("d", { epoch: 7 }),
      "removal of no download": () => downloads.remove("missing"),
      reads: () => Promise.all([stores.list(), stores.stats("a"), tiles.latest("a"), tiles.has(keysAt("1/0/0"))]),
    });
    for (const [step, changes] of Object.entries(told)) equal(changes, [], `what ${step} told`);
  },

  "begin-with-the-subscription": async ({ store }) => {
    await fill(store, "a", ["1/0/0"]);
    const told = await toldChanges(store, { reads: () => store.stores.list() });
    equal(told.reads, []);
  },

  "what-is-told-can-be-seen": async ({ store }) => {
    await store.stores.create("a");
    const seen = whatIsSeen(store, store);
    await store.commit({ store: "a", tiles: [tileAt("1/0/0")] });
    equal(await seen, [true]);
  },

  "what-is-told-can-be-seen-by-other-connections": {
    needs: ["connections"],
    run: async ({ store, connect }) => {
      await store.stores.create("a");
      const seen = whatIsSeen(store, await connect());
      await store.commit({ store: "a", tiles: [tileAt("1/0/0")] });
      equal(await seen, [true]);
    },
  },

  "of-other-connections": {
    needs: ["connections", "shared-changes"],
    run: async ({ store, connect }) => {
      const other = await connect();
      const told = firstValueFrom(
        other.changes$.pipe(
          takeWhile(({ stores }) => !stores.includes("last")),
          map(({ kind, stores }) => `${kind} of ${stores.join(" and ")}`),
          toArray(),
        ),
      );
      await store.stores.create("a");
      await store.metadata.set("a", { colour: "red" });
      await store.commit({ store: "a", tiles: [tileAt("1/0/0")] });
      await store.stores.recordUse("a", { hits: 1, misses: 0 });
      await store.downloads.put(recordOf("d", "a"));
      await rejects(() => store.commit({ store: "a", tiles: [keptTileAt("1/1/1")] }), TileNotFoundError);
      await store.stores.create("last");
      equal(await told, ["stores of a", "metadata of a", "tiles of a", "use of a", "downloads of a"]);
    },
  },
});

/** Whether tile 1/0/0 is there for `reader` at the moment when `writer` tells of tiles. */
function whatIsSeen(writer: TileStore, reader: TileStore): Promise<readonly boolean[]> {
  return firstValueFrom(
    writer.changes$.pipe(
      filter(({ kind }) => kind === "tiles"),
      concatMap(() => reader.tiles.has(keysAt("1/0/0"), { stores: ["a"] })),
    ),
  );
}

/** Asserts that all that is required was told, and nothing that is not even allowed. */
function assertTold(told: readonly string[], required: readonly string[], allowed: readonly string[]): void {
  equal<readonly string[]>(
    told.filter((change) => !allowed.includes(change)),
    required,
  );
}
