import { expect, it } from "vitest";
import { Exchange } from "../src/exchange.ts";
import { Origins } from "../src/origins.ts";
import { readSettings } from "../src/settings.ts";
import { serve } from "./servers.ts";

it("remembers servers, but not all that it has ever been sent to", async () => {
  const { url, stop } = await serve((_, response) => response.end());
  const origins = new Origins(readSettings({ appId: "fmtc-test/1.0" }));
  const { origin } = new URL(url);
  const [connected, idle] = [origins.at(origin), origins.at("http://a.example")];
  expect(origins.at("http://a.example")).toBe(idle);

  const done = Promise.withResolvers<unknown>();
  const events = { onTurn: () => {}, onResponse: done.resolve, onFailure: done.reject };
  connected.send(new Exchange({ path: "/", method: "GET" }, { maxBytes: 1_000, arePiecesOurs: true }, events), "bulk");
  await done.promise;
  const seeMany = () => {
    for (let i = 0; i < 200; i++) origins.at(`http://${i}.example`);
  };
  seeMany();
  expect(origins.at("http://a.example")).not.toBe(idle);
  expect(origins.at(origin)).toBe(connected);
  await stop();
  await expect.poll(() => connected.isIdle).toBe(true);
  seeMany();
  expect(origins.at(origin)).not.toBe(connected);
  await origins.close();
});
