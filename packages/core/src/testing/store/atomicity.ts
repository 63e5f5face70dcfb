import type { FmtcError } from "../../errors/fmtc-error.ts";
import { LeaseLostError } from "../../errors/lease-lost-error.ts";
import { StoreInputError } from "../../errors/store-input-error.ts";
import { StoreNotFoundError } from "../../errors/store-not-found-error.ts";
import { TileNotFoundError } from "../../errors/tile-not-found-error.ts";
import type { TileWrite } from "../../ports/tile.ts";
import type { TileCommit } from "../../ports/tile-commit.ts";
import type { TileStore } from "../../ports/tile-store.ts";
import { type ErrorClass, equal, rejects } from "../assert.ts";
import { assertSumsAreCounts, snapshotOf } from "../observe.ts";
import { bytesOf, failedAt, fill, keptTileAt, keysAt, progressOf, recordOf, tileAt } from "../samples.ts";
import { scenariosOf } from "../scenario.ts";
import { toldChanges } from "../told-changes.ts";

/** Much that a commit could leave behind: new tiles, one that another store holds, one with other bytes, a pin. */
const TILES: readonly TileWrite[] = [
  tileAt("3/0/0"),
  tileAt("3/1/0", { bytes: bytesOf(50, "new"), etag: "new" }),
  keptTileAt("3/2/0", { etag: "new" }),
  tileAt("3/5/5@a new source"),
];

async function begin(store: TileStore): Promise<void> {
  await fill(store, "a", ["3/1/0"]);
  await fill(store, "b", ["3/1/0", "3/2/0"]);
  await store.downloads.put(recordOf("d", "a"));
  await store.downloads.acquire("d", { owner: "one", now: 1_000, expiresAt: 5_000 });
  const checkpoint = { download: "d", epoch: 1, progress: progressOf([0, 5]), failed: [failedAt(2), failedAt(3)] };
  await store.commit({ store: "a", tiles: [], checkpoint });
}

const CHECKPOINT = {
  download: "d",
  epoch: 1,
  progress: progressOf([0, 9], { state: "paused" }),
  failed: [failedAt(2, { attempts: 2 }), failedAt(8)],
  recovered: [3],
  leaseExpiresAt: 9_000,
} as const;

/** Asserts that a commit fails and leaves nothing behind, and that the same without its fault goes through. */
async function assertNothingIsLeft(
  store: TileStore,
  fault: Partial<TileCommit>,
  errorClass: ErrorClass<FmtcError>,
): Promise<void> {
  await begin(store);
  const sound: TileCommit = { store: "a", tiles: TILES, pinned: true, checkpoint: CHECKPOINT };
  const before = await snapshotOf(store);
  await rejects(() => store.commit({ ...sound, ...fault }), errorClass, "the commit");
  equal(await snapshotOf(store), before, "the database after the commit that failed");
  await store.commit(sound);
  equal((await store.stores.stats("a")).pinnedLength, TILES.length);
  equal((await store.downloads.get("d"))?.progress, CHECKPOINT.progress);
  await assertSumsAreCounts(store);
}

export const atomicity = scenariosOf("atomicity", {
  "last-tile-has-no-bytes": ({ store }) =>
    assertNothingIsLeft(store, { tiles: [...TILES, keptTileAt("3/7/7")] }, TileNotFoundError),

  "epoch-is-old": async ({ store }) => {
    await assertNothingIsLeft(store, { checkpoint: { ...CHECKPOINT, epoch: 0 } }, LeaseLostError);
  },

  "epoch-is-yet-to-come": async ({ store }) => {
    await assertNothingIsLeft(store, { checkpoint: { ...CHECKPOINT, epoch: 2 } }, LeaseLostError);
  },

  "record-is-gone": async ({ store }) => {
    await assertNothingIsLeft(store, { checkpoint: { ...CHECKPOINT, download: "gone" } }, LeaseLostError);
  },

  "store-is-unknown": ({ store }) => assertNothingIsLeft(store, { store: "unknown" }, StoreNotFoundError),

  "last-tile-is-not-valid": ({ store }) =>
    assertNothingIsLeft(store, { tiles: [...TILES, tileAt("3/8/0")] }, StoreInputError),

  "last-failed-tile-is-not-valid": ({ store }) =>
    assertNothingIsLeft(store, { checkpoint: { ...CHECKPOINT, failed: [failedAt(1), failedAt(-1)] } }, StoreInputError),

  "tiles-and-checkpoint-are-seen-together": async ({ store }) => {
    await begin(store);
    const commits = Array.from({ length: 20 }, (_, i) =>
      store.commit({
        store: "a",
        tiles: [tileAt(`5/${i}/0`)],
        checkpoint: { ...CHECKPOINT, progress: progressOf([0, i + 6]) },
      }),
    );
    // Whatever order they come in: where a record tells of a commit, its tile is there.
    const seen = commits.map(async () => {
      const finished = (await store.downloads.get("d"))?.progress.finished[1] ?? 0;
      const places = finished === 5 ? [] : [`5/${finished - 6}/0`];
      return store.tiles.has(keysAt(...places), { stores: ["a"] });
    });
    await Promise.all(commits);
    for (const has of await Promise.all(seen)) equal(has.includes(false), false, "a tile missing from its checkpoint");
  },

  "what-fails-tells-of-no-change": async ({ store }) => {
    await begin(store);
    const fails = (commit: Partial<TileCommit>, errorClass: ErrorClass<FmtcError>) => () =>
      rejects(() => store.commit({ store: "a", tiles: TILES, ...commit }), errorClass);
    const told = await toldChanges(store, {
      "unknown tile": fails({ tiles: [...TILES, keptTileAt("3/7/7")] }, TileNotFoundError),
      "old epoch": fails({ checkpoint: { ...CHECKPOINT, epoch: 0 } }, LeaseLostError),
      "unknown store": fails({ store: "unknown" }, StoreNotFoundError),
      "invalid tile": fails({ tiles: [...TILES, tileAt("3/8/0")] }, StoreInputError),
    });
    equal(told, { "unknown tile": [], "old epoch": [], "unknown store": [], "invalid tile": [] });
  },
});
