import { StoreClosedError } from "@fmtc/core";
import { deleteDB } from "idb";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { cdp } from "vitest/browser";
import { completion, keyAt, rejectionOf, testDatabase, tileAt } from "./test-database.ts";

/** What the browser does when it evicts a site: localStorage stays. */
async function takeAway(): Promise<void> {
  await cdp().send("Storage.clearDataForOrigin", { origin: location.origin, storageTypes: "indexeddb" });
}

describe("a database that is taken away while it is open", () => {
  it("completes its changes and says so from then on", async () => {
    const store = await testDatabase().connect();
    await store.stores.create("a");
    const completed = completion(store);
    await takeAway();
    await completed;
    for (const call of [store.stores.list(), store.tiles.read(keyAt(1, 1)), store.commit({ store: "a", tiles: [] })]) {
      const error = await rejectionOf(call);
      expect(error).toSatisfy(StoreClosedError.isInstance);
      expect(String(error)).toContain("the browser has closed the connection");
    }
    await store.close();
  });

  it("fails what is under way for the same reason", async () => {
    const store = await testDatabase().connect();
    await store.stores.create("a");
    const gone = takeAway();
    let error: unknown;
    for (let x = 0; error === undefined; x = (x + 1) % 256) {
      error = await rejectionOf(store.commit({ store: "a", tiles: [tileAt(x, 1, 5_000), tileAt(x, 2, 5_000)] }));
    }
    await gone;
    expect(error).toSatisfy(StoreClosedError.isInstance);
  });

  it("can be opened again at once", async () => {
    const { connect } = testDatabase();
    const store = await connect();
    const reopened = completion(store).then(() => connect());
    await takeAway();
    expect((await reopened).wasLost).toBe(true);
    await (await reopened).stores.create("a");
  });
});

describe("opening tells whether there was a database", () => {
  it("at the first time there was none", async () => {
    const { connect } = testDatabase();
    const { wasCreated, wasLost } = await connect();
    expect({ wasCreated, wasLost }).toEqual({ wasCreated: true, wasLost: false });
  });

  it("at the second time there was one", async () => {
    const { connect } = testDatabase();
    await (await connect()).close();
    const { wasCreated, wasLost } = await connect();
    expect({ wasCreated, wasLost }).toEqual({ wasCreated: false, wasLost: false });
  });

  it("after an eviction it is known to be lost", async () => {
    const { connect } = testDatabase();
    await (await connect()).close();
    await takeAway();
    const { wasCreated, wasLost } = await connect();
    expect({ wasCreated, wasLost }).toEqual({ wasCreated: true, wasLost: true });
  });

  it("after a deletion as well", async () => {
    const { name, connect } = testDatabase();
    await (await connect()).close();
    await deleteDB(name);
    expect((await connect()).wasLost).toBe(true);
  });

  it("without its mark in localStorage nobody knows", async () => {
    const { name, connect } = testDatabase();
    await (await connect()).close();
    await deleteDB(name);
    localStorage.removeItem(`fmtc:store-idb:${name}`);
    expect(await connect()).toMatchObject({ wasCreated: true, wasLost: false });
  });

  it("where there is no localStorage nobody knows", async () => {
    vi.spyOn(globalThis, "localStorage", "get").mockImplementation(() => {
      throw new DOMException("Access is denied for this document.", "SecurityError");
    });
    onTestFinished(() => void vi.restoreAllMocks());
    const { name, connect } = testDatabase();
    await (await connect()).close();
    await deleteDB(name);
    expect(await connect()).toMatchObject({ wasCreated: true, wasLost: false });
  });
});
