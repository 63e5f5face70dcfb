import { DownloadInProgressError } from "../../errors/download-in-progress-error.ts";
import { DownloadNotFoundError } from "../../errors/download-not-found-error.ts";
import { LeaseLostError } from "../../errors/lease-lost-error.ts";
import type { TileStore } from "../../ports/tile-store.ts";
import { equal, rejects } from "../assert.ts";
import { snapshotOf } from "../observe.ts";
import { failedAt, progressOf, recordOf, tileAt } from "../samples.ts";
import { scenariosOf } from "../scenario.ts";

/** A store "a" with a download "d" that nobody has owned yet. */
async function begin(store: TileStore): Promise<void> {
  await store.stores.create("a");
  await store.downloads.put(recordOf("d", "a"));
}

/** Gives "d" to an owner at a time, for 100 milliseconds. */
function acquire(store: TileStore, owner: string, now: number, deadEpoch?: number) {
  return store.downloads.acquire("d", { owner, now, expiresAt: now + 100, deadEpoch });
}

function write(store: TileStore, epoch: number, leaseExpiresAt?: number): Promise<void> {
  const checkpoint = {
    download: "d",
    epoch,
    progress: progressOf([0, epoch + 1]),
    failed: [failedAt(epoch)],
    leaseExpiresAt,
  };
  return store.commit({ store: "a", tiles: [tileAt(`4/${epoch}/0`)], checkpoint });
}

const leaseOf = async (store: TileStore) => (await store.downloads.get("d"))?.lease;

/** Asserts that all which needs the lease of this epoch is refused, and changes nothing. */
async function assertLost(store: TileStore, epoch: number): Promise<void> {
  const before = await snapshotOf(store);
  const calls = {
    commit: () => write(store, epoch),
    "commit that renews": () => write(store, epoch, 9_000),
    renew: () => store.downloads.renew("d", { epoch, expiresAt: 9_000 }),
    ...(before.downloads.length > 0 && { remove: () => store.downloads.remove("d", { epoch }) }),
  };
  for (const [what, call] of Object.entries(calls)) {
    const error = await rejects(call, LeaseLostError, `${what} with epoch ${epoch}`);
    equal([error.download, error.epoch], ["d", epoch]);
  }
  await store.downloads.release("d", { epoch });
  equal(await snapshotOf(store), before, "the database after all that was refused");
}

export const leases = scenariosOf("leases", {
  "first-owner-has-epoch-one": async ({ store }) => {
    await begin(store);
    await store.downloads.put(recordOf("e", "a"));
    const lease = { owner: "one", epoch: 1, expiresAt: 1_100 };
    equal(await acquire(store, "one", 1_000), lease);
    equal(await leaseOf(store), lease);
    equal((await store.downloads.list()).map((record) => [record.id, record.lease?.epoch]).toSorted(), [
      ["d", 1],
      ["e", undefined],
    ]);
  },

  "another-owner-waits-until-the-lease-has-expired": async ({ store }) => {
    await begin(store);
    const lease = await acquire(store, "one", 1_000);
    for (const now of [0, 1_000, 1_099]) {
      const error = await rejects(() => acquire(store, "two", now), DownloadInProgressError, `at ${now}`);
      equal([error.download, error.lease], ["d", lease]);
    }
    equal(await leaseOf(store), lease);
    equal(await acquire(store, "two", 1_100), { owner: "two", epoch: 2, expiresAt: 1_200 });
    await rejects(() => acquire(store, "one", 1_199), DownloadInProgressError);
    equal(await acquire(store, "one", 1_200), { owner: "one", epoch: 3, expiresAt: 1_300 });
  },

  "old-epoch-is-refused-everywhere": async ({ store }) => {
    await begin(store);
    await acquire(store, "one", 1_000);
    await write(store, 1);
    await acquire(store, "two", 1_100);
    await assertLost(store, 1);
    await assertLost(store, 3);
    await write(store, 2);
    equal((await store.downloads.get("d"))?.progress, progressOf([0, 3]));
    equal(await store.downloads.remove("d", { epoch: 2 }), true);
  },

  "without-an-owner-nothing-is-written": async ({ store }) => {
    await begin(store);
    for (const epoch of [0, 1]) {
      const before = await snapshotOf(store);
      await rejects(() => write(store, epoch), LeaseLostError, `a commit with epoch ${epoch}`);
      await rejects(() => store.downloads.renew("d", { epoch, expiresAt: 5_000 }), LeaseLostError, "renew");
      await store.downloads.release("d", { epoch });
      equal(await snapshotOf(store), before);
    }
  },

  "expired-lease-that-nobody-took-still-counts": async ({ store }) => {
    await begin(store);
    await acquire(store, "one", 1_000);
    await rejects(() => acquire(store, "two", 1_050), DownloadInProgressError);
    await write(store, 1);
    equal(await store.downloads.renew("d", { epoch: 1, expiresAt: 8_000 }), {
      owner: "one",
      epoch: 1,
      expiresAt: 8_000,
    });
    await rejects(() => acquire(store, "two", 7_999), DownloadInProgressError);
  },

  "owner-that-is-known-to-be-dead-need-not-be-waited-for": async ({ store }) => {
    await begin(store);
    await acquire(store, "one", 1_000);
    await rejects(() => acquire(store, "two", 1_000, 2), DownloadInProgressError);
    await rejects(() => acquire(store, "two", 1_000, 0), DownloadInProgressError);
    equal(await acquire(store, "two", 1_000, 1), { owner: "two", epoch: 2, expiresAt: 1_100 });
    await rejects(() => acquire(store, "three", 1_000, 1), DownloadInProgressError);
    await assertLost(store, 1);
  },

  "same-owner-gets-a-new-epoch": async ({ store }) => {
    await begin(store);
    await acquire(store, "one", 1_000);
    equal(await acquire(store, "one", 1_010), { owner: "one", epoch: 2, expiresAt: 1_110 });
    await assertLost(store, 1);
    await write(store, 2);
  },

  "renewal-moves-the-end": async ({ store }) => {
    await begin(store);
    await acquire(store, "one", 1_000);
    const renewed = { owner: "one", epoch: 1, expiresAt: 2_000 };
    equal(await store.downloads.renew("d", { epoch: 1, expiresAt: 2_000 }), renewed);
    equal(await leaseOf(store), renewed);
    await rejects(() => acquire(store, "two", 1_999), DownloadInProgressError);
    await store.downloads.renew("d", { epoch: 1, expiresAt: 1_500 });
    equal((await acquire(store, "two", 1_500)).epoch, 2);
  },

  "commit-renews-if-it-says-so": async ({ store }) => {
    await begin(store);
    await acquire(store, "one", 1_000);
    await write(store, 1);
    equal((await leaseOf(store))?.expiresAt, 1_100);
    await write(store, 1, 3_000);
    equal(await leaseOf(store), { owner: "one", epoch: 1, expiresAt: 3_000 });
    await rejects(() => acquire(store, "two", 2_999), DownloadInProgressError);
  },

  "release-ends-the-lease-and-keeps-its-epoch": async ({ store }) => {
    await begin(store);
    await acquire(store, "one", 1_000);
    await store.downloads.release("d", { epoch: 1 });
    equal(await leaseOf(store), { owner: "one", epoch: 1, expiresAt: 0 });
    await write(store, 1);
    equal((await store.downloads.get("d"))?.progress, progressOf([0, 2]));
    await store.downloads.release("d", { epoch: 1 });
    equal(await acquire(store, "two", 0), { owner: "two", epoch: 2, expiresAt: 100 });
    await assertLost(store, 1);
  },

  "release-of-what-is-lost-does-nothing": async ({ store }) => {
    await begin(store);
    await acquire(store, "one", 1_000);
    const lease = await acquire(store, "two", 1_100);
    await store.downloads.release("d", { epoch: 1 });
    equal(await leaseOf(store), lease);
    await store.downloads.release("missing", { epoch: 1 });
  },

  "removed-download-is-lost": async ({ store }) => {
    await begin(store);
    await acquire(store, "one", 1_000);
    equal(await store.downloads.remove("d"), true);
    await assertLost(store, 1);
    equal((await rejects(() => acquire(store, "one", 1_000), DownloadNotFoundError)).download, "d");
    equal(await store.downloads.list(), []);
  },

  "removal-without-an-epoch-needs-no-lease": async ({ store }) => {
    await begin(store);
    equal(await store.downloads.remove("d"), true);
    await store.downloads.put(recordOf("d", "a"));
    await acquire(store, "one", 1_000);
    equal(await store.downloads.remove("d", {}), true);
  },

  "leases-of-two-downloads-are-apart": async ({ store }) => {
    await begin(store);
    await store.downloads.put(recordOf("e", "a"));
    await acquire(store, "one", 1_000);
    await acquire(store, "one", 1_001);
    const other = await store.downloads.acquire("e", { owner: "two", now: 1_000, expiresAt: 1_100 });
    equal(other.epoch, 1);
    await store.downloads.release("e", { epoch: 1 });
    equal(await leaseOf(store), { owner: "one", epoch: 2, expiresAt: 1_101 });
  },

  "delete-and-reset-take-the-lease-along": async ({ store }) => {
    for (const drop of [store.stores.reset, store.stores.delete]) {
      await begin(store);
      await acquire(store, "one", 1_000);
      await drop("a");
      await rejects(() => store.downloads.renew("d", { epoch: 1, expiresAt: 5_000 }), LeaseLostError);
      await rejects(() => acquire(store, "two", 1_000), DownloadNotFoundError);
      await store.stores.create("a");
      await rejects(() => write(store, 1), LeaseLostError);
      equal((await store.stores.stats("a")).length, 0);
    }
  },
});
