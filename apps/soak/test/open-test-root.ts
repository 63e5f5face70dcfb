import { join } from "node:path";
import { openRoot, type RootOptions } from "@fmtc/core";
import { openSqliteStore } from "@fmtc/store-sqlite";
import { undiciTransport } from "@fmtc/transport-undici";
import { onTestFinished } from "vitest";
import { testFolder } from "./test-folder.ts";

/** A root of real parts, as a program for Node has it, with the store `hiking`; closed when the test has finished. */
export async function openTestRoot(
  sources: RootOptions["sources"],
  transport: Partial<Parameters<typeof undiciTransport>[0]> = {},
) {
  const store = await openSqliteStore(join(testFolder(), "tiles.db"));
  const root = await openRoot({ store, transport: undiciTransport({ appId: "fmtc-soak/1.0", ...transport }), sources });
  onTestFinished(() => root.close());
  await root.store("hiking").manage.create();
  return { root, store, hiking: root.store("hiking") };
}
