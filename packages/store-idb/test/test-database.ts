import type { TileStore } from "@fmtc/core";
import { deleteDB } from "idb";
import { onTestFinished } from "vitest";
import { type IdbStore, type IdbStoreOptions, openIdbStore } from "../src/index.ts";

export interface TestDatabase {
  readonly name: string;
  /** Another connection to it; the first one creates it. */
  readonly connect: (options?: IdbStoreOptions) => Promise<IdbStore>;
}

/** A database of a test's own, which is removed when the test is over. */
export function testDatabase(): TestDatabase {
  const name = `test ${crypto.randomUUID()}`;
  const opened: IdbStore[] = [];
  onTestFinished(async () => {
    await Promise.all(opened.map((store) => store.close()));
    // What has been taken away may be on its way out still, and then refuses.
    await deleteDB(name).catch(() => undefined);
  });
  return {
    name,
    connect: async (options) => {
      const store = await openIdbStore(name, options);
      opened.push(store);
      return store;
    },
  };
}

/** A tile of source "topo" at zoom 8, with as many bytes as are given. */
export function tileAt(x: number, y: number, length = 10) {
  const bytes = Uint8Array.from({ length }, (_, i) => i + x);
  return { source: "topo", z: 8, x, y, storedAt: 1_000, bytes };
}

export function keyAt(x: number, y: number) {
  return { source: "topo", z: 8, x, y };
}

/** Resolves when a store's changes complete, which they do when it is closed, for whatever reason. */
export function completion({ changes$ }: Pick<TileStore, "changes$">): Promise<void> {
  return new Promise((resolve) => {
    changes$.subscribe({ complete: resolve });
  });
}

/** What a promise fails with; undefined if it does not. */
export function rejectionOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (error: unknown) => error,
  );
}
