import { DownloadInProgressError, type Lease, LeaseLostError } from "@fmtc/core";
import type { MemoryDatabase } from "@fmtc/core/testing";
import { type StoreMutant, withOther } from "./mutant.ts";

function leaseOf({ downloads }: MemoryDatabase, id: string): Lease | undefined {
  return downloads.get(id)?.record.lease;
}

function setLease({ downloads }: MemoryDatabase, id: string, lease: Lease | undefined): void {
  const download = downloads.get(id);
  if (download !== undefined) download.record = { ...download.record, lease };
}

export const leaseMutants: readonly StoreMutant[] = [
  {
    what: "a lease that is alive is taken over",
    caughtBy: "leases/another-owner-waits-until-the-lease-has-expired",
    breaks: (store) =>
      withOther(store, "downloads", {
        acquire: (id, request) => store.downloads.acquire(id, { ...request, now: request.expiresAt }),
      }),
  },
  {
    what: "a lease lasts through its last millisecond",
    caughtBy: "leases/another-owner-waits-until-the-lease-has-expired",
    breaks: (store) =>
      withOther(store, "downloads", {
        acquire: (id, request) => store.downloads.acquire(id, { ...request, now: Math.max(0, request.now - 1) }),
      }),
  },
  {
    what: "two who ask at once both get the lease",
    caughtBy: "leases/another-owner-waits-until-the-lease-has-expired",
    breaks: (store, database) =>
      withOther(store, "downloads", {
        acquire: async (id, request) => {
          const lease = leaseOf(database, id);
          setLease(database, id, lease && { ...lease, expiresAt: 0 });
          return store.downloads.acquire(id, request);
        },
      }),
  },
  {
    what: "the lease is read, and written later",
    caughtBy: "concurrency/two-connections-cannot-own-one-download",
    breaks: (store, database) =>
      withOther(store, "downloads", {
        acquire: async (id, { owner, now, expiresAt }) => {
          const current = (await store.downloads.get(id))?.lease;
          if (current !== undefined && current.expiresAt > now) throw new DownloadInProgressError(id, current);
          const lease = { owner, epoch: (current?.epoch ?? 0) + 1, expiresAt };
          setLease(database, id, lease);
          return lease;
        },
      }),
  },
  {
    what: "the same owner keeps its epoch",
    caughtBy: "leases/same-owner-gets-a-new-epoch",
    breaks: (store, database) =>
      withOther(store, "downloads", {
        acquire: async (id, request) => {
          const { owner, epoch = 0 } = leaseOf(database, id) ?? {};
          if (owner === request.owner) return store.downloads.renew(id, { epoch, expiresAt: request.expiresAt });
          return store.downloads.acquire(id, request);
        },
      }),
  },
  {
    what: "a takeover keeps the epoch",
    caughtBy: "leases/old-epoch-is-refused-everywhere",
    breaks: (store, database) =>
      withOther(store, "downloads", {
        acquire: async (id, request) => {
          const epoch = Math.max(1, leaseOf(database, id)?.epoch ?? 1);
          const lease = { ...(await store.downloads.acquire(id, request)), epoch };
          setLease(database, id, lease);
          return lease;
        },
      }),
  },
  {
    what: "nobody is known to be dead",
    caughtBy: "leases/owner-that-is-known-to-be-dead-need-not-be-waited-for",
    breaks: (store) =>
      withOther(store, "downloads", {
        acquire: (id, { deadEpoch, ...request }) => store.downloads.acquire(id, request),
      }),
  },
  {
    what: "who is dead is not asked",
    caughtBy: "leases/owner-that-is-known-to-be-dead-need-not-be-waited-for",
    breaks: (store, database) =>
      withOther(store, "downloads", {
        acquire: (id, request) => {
          const deadEpoch = request.deadEpoch === undefined ? undefined : leaseOf(database, id)?.epoch;
          return store.downloads.acquire(id, { ...request, deadEpoch });
        },
      }),
  },
  {
    what: "an old epoch renews",
    caughtBy: "leases/old-epoch-is-refused-everywhere",
    breaks: (store, database) =>
      withOther(store, "downloads", {
        renew: (id, renewal) =>
          store.downloads.renew(id, { ...renewal, epoch: leaseOf(database, id)?.epoch ?? renewal.epoch }),
      }),
  },
  {
    what: "an old epoch removes",
    caughtBy: "leases/old-epoch-is-refused-everywhere",
    breaks: (store) => withOther(store, "downloads", { remove: (id) => store.downloads.remove(id) }),
  },
  {
    what: "an old epoch writes",
    caughtBy: "leases/old-epoch-is-refused-everywhere",
    breaks: (store, database) => ({
      ...store,
      commit: ({ checkpoint, ...commit }) => {
        const epoch = leaseOf(database, checkpoint?.download ?? "")?.epoch ?? 0;
        return store.commit({ ...commit, checkpoint: checkpoint && { ...checkpoint, epoch } });
      },
    }),
  },
  {
    what: "an epoch that is yet to come writes",
    caughtBy: "atomicity/epoch-is-yet-to-come",
    breaks: (store, database) => ({
      ...store,
      commit: ({ checkpoint, ...commit }) => {
        const current = leaseOf(database, checkpoint?.download ?? "")?.epoch ?? 0;
        const epoch = Math.min(current, checkpoint?.epoch ?? 0);
        return store.commit({ ...commit, checkpoint: checkpoint && { ...checkpoint, epoch } });
      },
    }),
  },
  {
    what: "a record without an owner is anybody's",
    caughtBy: "leases/without-an-owner-nothing-is-written",
    breaks: (store, database) => ({
      ...store,
      commit: async (commit) => {
        const { download = "", epoch = 0 } = commit.checkpoint ?? {};
        if (commit.checkpoint !== undefined && leaseOf(database, download) === undefined) {
          setLease(database, download, { owner: "anybody", epoch, expiresAt: 0 });
        }
        await store.commit(commit);
      },
    }),
  },
  {
    what: "a released lease writes no more",
    caughtBy: "leases/release-ends-the-lease-and-keeps-its-epoch",
    breaks: (store, database) => ({
      ...store,
      commit: async (commit) => {
        const { download = "", epoch = 0 } = commit.checkpoint ?? {};
        if (leaseOf(database, download)?.expiresAt === 0) throw new LeaseLostError(download, epoch);
        await store.commit(commit);
      },
    }),
  },
  {
    what: "a release forgets the epoch",
    caughtBy: "leases/release-ends-the-lease-and-keeps-its-epoch",
    breaks: (store, database) =>
      withOther(store, "downloads", {
        release: async (id, { epoch }) => {
          if (leaseOf(database, id)?.epoch === epoch) setLease(database, id, undefined);
        },
      }),
  },
  {
    what: "a release ends the lease of whoever has it",
    caughtBy: "leases/release-of-what-is-lost-does-nothing",
    breaks: (store, database) =>
      withOther(store, "downloads", {
        release: (id) => store.downloads.release(id, { epoch: leaseOf(database, id)?.epoch ?? 0 }),
      }),
  },
  {
    what: "a commit does not renew",
    caughtBy: "leases/commit-renews-if-it-says-so",
    breaks: (store) => ({
      ...store,
      commit: ({ checkpoint, ...commit }) =>
        store.commit({ ...commit, checkpoint: checkpoint && { ...checkpoint, leaseExpiresAt: undefined } }),
    }),
  },
  {
    what: "a renewal never shortens",
    caughtBy: "leases/renewal-moves-the-end",
    breaks: (store, database) =>
      withOther(store, "downloads", {
        renew: (id, { epoch, expiresAt }) =>
          store.downloads.renew(id, { epoch, expiresAt: Math.max(expiresAt, leaseOf(database, id)?.expiresAt ?? 0) }),
      }),
  },
  {
    what: "a lease outlives its record",
    caughtBy: "leases/removed-download-is-lost",
    breaks: (store) => {
      const removed = new Set<string>();
      const { remove, renew } = store.downloads;
      return withOther(store, "downloads", {
        remove: (id, options) => remove(id, options).finally(() => removed.add(id)),
        renew: async (id, renewal) => (removed.has(id) ? { owner: "one", ...renewal } : renew(id, renewal)),
      });
    },
  },
];
