import { coverOf, type DownloadProgress } from "@fmtc/core";
import { openIdbStore } from "@fmtc/store-idb";
import { describe, expect, inject, it, onTestFinished } from "vitest";
import { downloadInPage, type PageTask, regionOf } from "./download-in-page.ts";
import { pathOf } from "./source.ts";

const url = inject("mapUrl");

function downloadInWorker(task: PageTask): Promise<DownloadProgress> {
  const worker = new Worker(new URL("./download.worker.ts", import.meta.url), { type: "module" });
  onTestFinished(() => worker.terminate());
  return new Promise((resolve, reject) => {
    worker.addEventListener("message", ({ data }) => resolve(data));
    worker.addEventListener("error", ({ message }) => reject(new Error(message)));
    worker.postMessage(task);
  });
}

describe.each([
  ["a page", downloadInPage],
  ["a worker", downloadInWorker],
])("in %s", (where, download) => {
  it("a region is downloaded into IndexedDB, byte for byte", async () => {
    const database = `soak ${crypto.randomUUID()}`;
    onTestFinished(() => void indexedDB.deleteDatabase(database));
    const cover = coverOf(regionOf(where));
    const progress = await download({ database, url, source: where });
    expect(progress).toMatchObject({ state: "completed", max: cover.count, stored: cover.count, failed: 0 });

    const store = await openIdbStore(database);
    onTestFinished(() => store.close());
    expect(await store.stores.stats("hiking")).toMatchObject({ length: cover.count, bytes: progress.storedBytes });
    expect(await store.downloads.list()).toEqual([]);
    for (const tile of cover) {
      const stored = await store.tiles.read({ source: where, ...tile }, { stores: ["hiking"] });
      const served = await fetch(url + pathOf(tile));
      expect(stored?.bytes, pathOf(tile)).toEqual(new Uint8Array(await served.arrayBuffer()));
    }
  });
});
