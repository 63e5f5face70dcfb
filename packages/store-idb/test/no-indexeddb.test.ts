import { StoreUnavailableError } from "@fmtc/core";
import { expect, it } from "vitest";
import { openIdbStore } from "../src/index.ts";

it("says where it belongs when there is no IndexedDB", async () => {
  await expect(openIdbStore()).rejects.toSatisfy(StoreUnavailableError.isInstance);
  await expect(openIdbStore()).rejects.toThrow("in Node and Electron use @fmtc/store-sqlite");
});
