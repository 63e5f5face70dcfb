import { firstValueFrom, take, toArray } from "rxjs";
import { expect, it, onTestFinished, vi } from "vitest";
import { keyAt, testDatabase, tileAt } from "./test-database.ts";

/** Lets a worker commit a tile into "a". */
async function commitInWorker(name: string): Promise<unknown> {
  const worker = new Worker(new URL("./store.worker.ts", import.meta.url), { type: "module" });
  onTestFinished(() => worker.terminate());
  return new Promise((resolve, reject) => {
    worker.addEventListener("message", ({ data }) => resolve(data));
    worker.addEventListener("error", ({ message }) => reject(new Error(message)));
    worker.postMessage(name);
  });
}

it("works in a worker, and tells a page what has changed there", async () => {
  const { name, connect } = testDatabase();
  const store = await connect();
  const changes = firstValueFrom(store.changes$.pipe(take(2), toArray()));
  expect(await commitInWorker(name)).toEqual({ wasLost: false, persisted: false, length: 1 });
  expect(await changes).toEqual([
    { kind: "stores", stores: ["a"] },
    { kind: "tiles", stores: ["a"] },
  ]);
  expect((await store.tiles.read(keyAt(3, 4)))?.bytes).toEqual(tileAt(3, 4).bytes);
});

it("passes over what others post on its channel", async () => {
  const { name, connect } = testDatabase();
  const store = await connect();
  const other = await connect();
  const changes = firstValueFrom(store.changes$.pipe(take(1), toArray()));
  const channel = new BroadcastChannel(`fmtc:${name}`);
  for (const message of [null, "tiles", { kind: "tiles" }, { kind: 5, stores: [] }]) channel.postMessage(message);
  channel.close();
  await other.stores.create("a");
  expect(await changes).toEqual([{ kind: "stores", stores: ["a"] }]);
});

it("without BroadcastChannel it tells of its own changes", async () => {
  vi.stubGlobal("BroadcastChannel", undefined);
  onTestFinished(() => void vi.unstubAllGlobals());
  const store = await testDatabase().connect();
  const changes = firstValueFrom(store.changes$.pipe(take(1), toArray()));
  await store.stores.create("a");
  expect(await changes).toEqual([{ kind: "stores", stores: ["a"] }]);
});
