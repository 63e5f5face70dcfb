import type { StoreChange, TileStore } from "@fmtc/core";
import { EMPTY, filter, ignoreElements, map, merge, NEVER, ReplaySubject, Subject } from "rxjs";
import { type StoreMutant, withOther } from "./mutant.ts";

/** A store that tells more than it should: `tell` says of which store tiles have changed. */
function telling(store: TileStore, other: (tell: (name: string) => void) => Partial<TileStore>): TileStore {
  const more = new Subject<StoreChange>();
  return {
    ...store,
    ...other((name) => more.next({ kind: "tiles", stores: [name] })),
    changes$: merge(store.changes$, more),
    close: () => {
      more.complete();
      return store.close();
    },
  };
}

export const changeMutants: readonly StoreMutant[] = [
  {
    what: "a change is told before it can be seen",
    caughtBy: "changes/what-is-told-can-be-seen",
    breaks: (store) =>
      telling(store, (tell) => ({
        commit: async (commit) => {
          tell(commit.store);
          await new Promise((resolve) => setImmediate(resolve));
          await store.commit(commit);
        },
      })),
  },
  {
    what: "a commit that fails is told",
    caughtBy: "atomicity/what-fails-tells-of-no-change",
    breaks: (store) =>
      telling(store, (tell) => ({
        commit: async (commit) => {
          await store.commit(commit).finally(() => tell(commit.store));
        },
      })),
  },
  {
    what: "a dry run is told",
    caughtBy: "changes/nothing-is-told-of-what-changes-nothing",
    breaks: (store) =>
      telling(store, (tell) =>
        withOther(store, "tiles", {
          evictOldest: async (name, options) => {
            if (options?.dryRun === true) tell(name);
            return store.tiles.evictOldest(name, options);
          },
        }),
      ),
  },
  ...(["stores", "tiles", "metadata", "use", "downloads"] as const).map(
    (kind): StoreMutant => ({
      what: `changes of kind ${kind} are not told`,
      caughtBy: {
        stores: "changes/of-stores",
        tiles: "changes/of-tiles",
        metadata: "changes/of-metadata",
        use: "changes/of-stores",
        downloads: "changes/of-downloads",
      }[kind],
      breaks: (store) => ({ ...store, changes$: store.changes$.pipe(filter((change) => change.kind !== kind)) }),
    }),
  ),
  {
    what: "a commit with a checkpoint tells of the checkpoint alone",
    caughtBy: "changes/of-downloads",
    breaks: (store) => {
      let hasCheckpoint = false;
      return {
        ...store,
        commit: async (commit) => {
          hasCheckpoint = commit.checkpoint !== undefined;
          await store.commit(commit);
          hasCheckpoint = false;
        },
        changes$: store.changes$.pipe(filter(({ kind }) => !(hasCheckpoint && kind === "tiles"))),
      };
    },
  },
  {
    what: "only the first store that is concerned is told",
    caughtBy: "changes/of-tiles-that-other-stores-hold",
    breaks: (store) => ({
      ...store,
      changes$: store.changes$.pipe(map(({ kind, stores }) => ({ kind, stores: stores.slice(0, 1) }))),
    }),
  },
  {
    what: "a rename tells of the old name alone",
    caughtBy: "changes/of-a-rename-with-downloads",
    breaks: (store) => ({
      ...store,
      changes$: store.changes$.pipe(
        map(({ kind, stores }) => ({ kind, stores: kind === "stores" ? stores.slice(0, 1) : stores })),
      ),
    }),
  },
  {
    what: "changes before the subscription are told",
    caughtBy: "changes/begin-with-the-subscription",
    breaks: (store) => {
      const all = new ReplaySubject<StoreChange>();
      store.changes$.subscribe(all);
      return { ...store, changes$: all };
    },
  },
  {
    what: "changes never complete",
    caughtBy: "closing/changes-complete",
    breaks: (store) => ({ ...store, changes$: merge(store.changes$, NEVER) }),
  },
  {
    what: "changes complete before the store is closed",
    caughtBy: "closing/changes-complete",
    breaks: (store) => ({ ...store, changes$: EMPTY }),
  },
  {
    what: "other connections do not hear of metadata",
    caughtBy: "changes/of-other-connections",
    breaks: (store) => {
      let isOwn = false;
      return {
        ...withOther(store, "stores", {
          create: async (name, limits) => {
            isOwn = true;
            await store.stores.create(name, limits);
          },
        }),
        changes$: store.changes$.pipe(filter(({ kind }) => isOwn || kind !== "metadata")),
      };
    },
  },
  {
    what: "nothing is told",
    caughtBy: "changes/of-tiles",
    breaks: (store) => ({ ...store, changes$: store.changes$.pipe(ignoreElements()) }),
  },
];
