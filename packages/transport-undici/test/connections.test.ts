import { expect, it } from "vitest";
import { Connections } from "../src/connections.ts";
import { readSettings } from "../src/settings.ts";

it("does not pick a connection again that it has forgotten", async () => {
  const settings = readSettings({ appId: "test/1.0" });
  const connections = new Connections("http://127.0.0.1:9", settings, { onRoom: () => {}, onUnreachable: () => {} });
  const lost = connections.pick();
  if (lost === undefined) throw new Error("There is no connection.");
  lost.underWay += 2;
  lost.onFree(Object.assign(new Error("lost"), { code: "ERR_HTTP2_INVALID_SESSION" }));
  lost.onFree(new Error("The client is destroyed."));
  expect(connections.pick()).not.toBe(lost);
  await connections.close();
});
