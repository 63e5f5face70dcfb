import { DownloadExistsError } from "../../errors/download-exists-error.ts";
import type { Checkpoint } from "../../ports/download-record.ts";
import type { TileStore } from "../../ports/tile-store.ts";
import { equal, rejects } from "../assert.ts";
import { collect, snapshotOf } from "../observe.ts";
import { failedAt, fill, progressOf, recordOf, tileAt } from "../samples.ts";
import { scenariosOf } from "../scenario.ts";

/** A store "a" with a download "d" that is owned, with epoch 1. */
async function begin(store: TileStore): Promise<void> {
  await store.stores.create("a");
  await store.downloads.put(recordOf("d", "a"));
  await store.downloads.acquire("d", { owner: "one", now: 1_000, expiresAt: 5_000 });
}

function checkpoint(store: TileStore, fields: Partial<Checkpoint>): Promise<void> {
  const given = { download: "d", epoch: 1, progress: progressOf([]), ...fields };
  return store.commit({ store: "a", tiles: [], checkpoint: given });
}

const failedPlaces = async (store: TileStore, id = "d") =>
  (await collect(store.downloads.failed(id))).map(({ index }) => index);

export const downloads = scenariosOf("downloads", {
  "record-comes-back-as-it-was-put": async ({ store }) => {
    await store.stores.create("a");
    const record = recordOf("d", "a", {
      region: {
        region: {
          type: "multi",
          regions: [
            { type: "circle", center: { lat: 47.42, lng: 10.98 }, radiusMeters: 5_000.5 },
            {
              type: "line",
              path: [
                { lat: 47.42, lng: 10.98 },
                { lat: 47.39, lng: 11.12 },
              ],
              radiusMeters: 1_000,
            },
          ],
        },
        minZoom: 0,
        maxZoom: 24,
        source: "topo",
        start: 5,
        end: 4_000_000_000,
      },
      total: Number.MAX_SAFE_INTEGER,
      coverOrder: 3,
      options: { nothing: null, yes: true, list: [1, [2, { three: "3" }]], text: 'ä \u2028 \\ "', tiny: 5e-324 },
      progress: progressOf([0, 7, 9, 4_000_000_000], {
        state: "paused",
        updatedAt: 2_000,
        counts: { stored: 12, bytes: 123_456_789_012_345, ratio: 0.1, change: -3 },
      }),
    });
    await store.downloads.put(record);
    equal(await store.downloads.get("d"), record);
    equal(await store.downloads.list(), [record]);
    equal((await store.downloads.get("d"))?.lease, undefined);
  },

  "unknown-download-is-undefined": async ({ store }) => {
    equal(await store.downloads.get("d"), undefined);
    equal(await failedPlaces(store), []);
    equal(await store.downloads.remove("d"), false);
    await store.downloads.release("d", { epoch: 1 });
    await store.stores.create("a");
    await store.downloads.put(recordOf("D", "a"));
    equal(await store.downloads.get("d"), undefined);
    equal((await store.downloads.get("D"))?.id, "D");
  },

  "id-that-is-taken-is-refused": async ({ store }) => {
    await begin(store);
    await store.stores.create("b");
    const before = await snapshotOf(store);
    const again = () => store.downloads.put(recordOf("d", "b", { total: 7 }));
    equal((await rejects(again, DownloadExistsError)).download, "d");
    equal(await snapshotOf(store), before);
  },

  "list-begins-with-the-oldest": async ({ store }) => {
    await store.stores.create("a");
    await store.stores.create("b");
    await store.downloads.put(recordOf("m", "a", { createdAt: 3_000 }));
    await store.downloads.put(recordOf("z", "b", { createdAt: 1_000 }));
    await store.downloads.put(recordOf("a", "a", { createdAt: 20_000 }));
    await store.downloads.put(recordOf("k", "a", { createdAt: 2_000 }));
    const ids = async (filter?: { store: string }) => (await store.downloads.list(filter)).map(({ id }) => id);
    equal(await ids(), ["z", "k", "m", "a"]);
    equal(await ids({ store: "a" }), ["k", "m", "a"]);
    equal(await ids({ store: "b" }), ["z"]);
  },

  "checkpoint-replaces-the-progress": async ({ store }) => {
    await begin(store);
    const first = progressOf([0, 10, 12, 20], { counts: { stored: 18, skipped: 2 } });
    await checkpoint(store, { progress: first });
    equal((await store.downloads.get("d"))?.progress, first);
    const second = progressOf([3, 5], { state: "completed", updatedAt: 9_000, counts: { failed: 1 } });
    await store.commit({
      store: "a",
      tiles: [tileAt("1/0/0")],
      checkpoint: { download: "d", epoch: 1, progress: second },
    });
    equal(await store.downloads.get("d"), {
      ...recordOf("d", "a", { progress: second }),
      lease: { owner: "one", epoch: 1, expiresAt: 5_000 },
    });
    equal((await store.stores.stats("a")).length, 1);
  },

  "failed-tiles-come-by-their-places": async ({ store }) => {
    await begin(store);
    const full = failedAt(7, { detail: "HTTP 404", attempts: 3, failedAt: 2_000, reason: "negative" });
    await checkpoint(store, { failed: [failedAt(1_000), full, failedAt(30)] });
    await checkpoint(store, { failed: [failedAt(2), failedAt(200)] });
    equal(await collect(store.downloads.failed("d")), [
      failedAt(2),
      full,
      failedAt(30),
      failedAt(200),
      failedAt(1_000),
    ]);
  },

  "failed-tile-replaces-the-one-of-its-place": async ({ store }) => {
    await begin(store);
    await checkpoint(store, { failed: [failedAt(5, { detail: "HTTP 503" }), failedAt(6)] });
    const again = failedAt(5, { reason: "request", attempts: 4, failedAt: 8_000 });
    await checkpoint(store, { failed: [again] });
    equal(await collect(store.downloads.failed("d")), [again, failedAt(6)]);
  },

  "recovered-tiles-have-failed-no-longer": async ({ store }) => {
    await begin(store);
    await checkpoint(store, { failed: [1, 2, 3, 4].map((index) => failedAt(index)) });
    await checkpoint(store, { recovered: [3, 1, 99], failed: [failedAt(8)] });
    equal(await failedPlaces(store), [2, 4, 8]);
    await checkpoint(store, {});
    equal(await failedPlaces(store), [2, 4, 8]);
  },

  "failed-tiles-are-of-one-download": async ({ store }) => {
    await begin(store);
    await store.downloads.put(recordOf("e", "a"));
    await store.downloads.acquire("e", { owner: "two", now: 1_000, expiresAt: 5_000 });
    await checkpoint(store, { failed: [failedAt(1), failedAt(2)] });
    await checkpoint(store, { download: "e", failed: [failedAt(2, { attempts: 9 }), failedAt(3)], recovered: [1] });
    equal(await failedPlaces(store), [1, 2]);
    equal(await failedPlaces(store, "e"), [2, 3]);
    await store.downloads.remove("d");
    equal(await failedPlaces(store), []);
    equal(await failedPlaces(store, "e"), [2, 3]);
  },

  "thousands-of-failed-tiles": async ({ store }) => {
    await begin(store);
    // All places, in an order without a pattern.
    const indices = Array.from({ length: 2_000 }, (_, i) => ((i * 1_237) % 2_000) * 3);
    await checkpoint(store, { failed: indices.slice(0, 1_200).map((index) => failedAt(index)) });
    await checkpoint(store, { failed: indices.slice(1_200).map((index) => failedAt(index)) });
    equal(
      await failedPlaces(store),
      Array.from({ length: 2_000 }, (_, i) => i * 3),
    );
    await checkpoint(store, { recovered: indices.slice(0, 1_999) });
    equal(await failedPlaces(store), indices.slice(1_999));
  },

  "removed-record-takes-its-failed-tiles-along-and-leaves-the-tiles": async ({ store }) => {
    await begin(store);
    await fill(store, "a", ["1/0/0"]);
    await checkpoint(store, { failed: [failedAt(1)] });
    equal(await store.downloads.remove("d"), true);
    equal(await store.downloads.remove("d"), false);
    equal(await store.downloads.get("d"), undefined);
    equal(await store.downloads.list(), []);
    equal((await store.stores.stats("a")).length, 1);
    await store.downloads.put(recordOf("d", "a"));
    equal(await failedPlaces(store), []);
    equal((await store.downloads.get("d"))?.lease, undefined);
  },

  "records-follow-a-rename": async ({ store }) => {
    await begin(store);
    await checkpoint(store, { progress: progressOf([0, 5]), failed: [failedAt(3)] });
    await store.stores.create("other");
    await store.downloads.put(recordOf("o", "other"));
    await store.stores.rename("a", "b");
    equal(await store.downloads.get("d"), {
      ...recordOf("d", "b", { progress: progressOf([0, 5]) }),
      lease: { owner: "one", epoch: 1, expiresAt: 5_000 },
    });
    equal(
      (await store.downloads.list({ store: "b" })).map(({ id }) => id),
      ["d"],
    );
    equal(await store.downloads.list({ store: "a" }), []);
    equal(
      (await store.downloads.list({ store: "other" })).map(({ id }) => id),
      ["o"],
    );
    equal(await failedPlaces(store), [3]);
    const next = { download: "d", epoch: 1, progress: progressOf([0, 9]) };
    await store.commit({ store: "b", tiles: [], checkpoint: next });
    equal((await store.downloads.get("d"))?.progress, progressOf([0, 9]));
  },

  "records-go-with-delete-and-reset": async ({ store }) => {
    for (const drop of [store.stores.delete, store.stores.reset]) {
      await begin(store);
      await store.stores.create("b");
      await store.downloads.put(recordOf("kept", "b"));
      await checkpoint(store, { failed: [failedAt(3)] });
      await drop("a");
      equal(
        (await store.downloads.list()).map(({ id }) => id),
        ["kept"],
      );
      equal(await store.downloads.get("d"), undefined);
      equal(await failedPlaces(store), []);
      await store.stores.create("a");
      equal(await store.downloads.list({ store: "a" }), []);
      await store.downloads.remove("kept");
    }
  },
});
