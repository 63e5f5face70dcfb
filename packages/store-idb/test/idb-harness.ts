import type { StoreHarness } from "@fmtc/core/testing";
import { deleteDB, openDB } from "idb";
import { type IdbStore, openIdbStore } from "../src/index.ts";

/** Databases of their own. */
export const idbHarness: StoreHarness = {
  supports: ["reopen", "connections", "shared-changes", "versions", "presence"],
  open: async () => {
    const name = `test ${crypto.randomUUID()}`;
    const opened: IdbStore[] = [];
    const connect = async () => {
      const store = await openIdbStore(name);
      opened.push(store);
      return store;
    };
    return {
      store: await connect(),
      connect,
      makeNewer: async () => (await openDB(name, 1_000)).close(),
      cleanUp: async () => {
        await Promise.all(opened.map((store) => store.close()));
        await deleteDB(name);
      },
    };
  },
};
