import { connectRoot, type DownloadProgress, serveRoot } from "@fmtc/core";
import { describe, expect, it, onTestFinished } from "vitest";
import { region } from "../root/root-fixture.ts";
import { openLocal } from "./connected.ts";
import { ofType, rawPort } from "./raw-port.ts";

const strange: readonly unknown[] = [
  null,
  undefined,
  7,
  "hello",
  [],
  new Map([["type", "hello"]]),
  { type: "hello", version: 1 },
  { fmtc: "root" },
  { fmtc: "root", session: 5, messages: [] },
  { fmtc: "root", session: "s", messages: "none" },
  { fmtc: "other", session: "s", messages: [{ type: "bye" }] },
];

const strangeMessages: readonly unknown[] = [
  null,
  undefined,
  "bye",
  [],
  {},
  { type: "constructor" },
  { type: "__proto__" },
  { type: "call" },
  { type: "call", id: "1", name: "root.stats", args: [] },
  { type: "call", id: 1, name: 7, args: [] },
  { type: "call", id: 1, name: "root.stats", args: { length: 1e9 } },
  { type: "listen", id: Number.NaN, name: "root.changes", args: [] },
  { type: "taken", id: 99 },
  { type: "leave", id: 99 },
  { type: "result", id: 99, value: 1 },
  { type: "failure", id: 1 },
  { type: "failure", id: 1, error: { name: 1, message: 2 } },
  { type: "next", id: 99, value: {} },
  { type: "complete", id: 99 },
  { type: "over", ref: 99, progress: {} },
  { type: "over", ref: 1 },
  { type: "over", ref: "1", progress: {} },
  { type: "welcome" },
];

describe("a far side", () => {
  const serve = async () => {
    const far = await openLocal();
    const raw = rawPort();
    serveRoot(far.root, raw.port);
    return { ...far, ...raw };
  };

  it("passes over what is strange", async () => {
    const { post, postAnything, until } = await serve();
    for (const data of strange) postAnything(data);
    post("s", { type: "hello", version: 1 });
    post("s", ...strangeMessages, { type: "call", id: 5, name: "root.stats", args: [] });
    expect(await until(ofType("result", 5))).toMatchObject({ value: { stores: ["hiking"] } });
  });

  it("calls and listens to what is listed, and to nothing else", async () => {
    const { post, until, root } = await serve();
    post("s", { type: "hello", version: 1 });
    const names = [
      "constructor",
      "__proto__",
      "toString",
      "hasOwnProperty",
      "get",
      "root.close",
      "root.store",
      "close",
      "",
    ];
    for (const [i, name] of names.entries()) {
      for (const [type, id] of [["call", 2 * i] as const, ["listen", 2 * i + 1] as const]) {
        post("s", { type, id, name, args: ["x", "y"] });
        expect(await until(ofType("failure", id))).toMatchObject({
          error: { message: expect.stringMatching(/^There is no/) },
        });
      }
    }
    expect((await root.stats()).stores).toEqual(["hiking"]);
  });

  it("refuses arguments that are none, as a root does, and lives on", async () => {
    const { post, until } = await serve();
    post("s", { type: "hello", version: 1 });
    const calls = [
      ["downloads.startForeground", []],
      ["downloads.startForeground", [1, "hiking", region, { parallel: "x" }]],
      ["downloads.startForeground", [1, { length: 1 }, null, null]],
      ["downloads.plan", ["hiking", region, { parallel: -1 }]],
      ["manage.create", [{ toString: 5 }, 7]],
      ["manage.setLimits", ["hiking", "x"]],
      ["metadata.set", ["hiking", { a: 5 }]],
      ["recovery.failedTiles", ["x", { limit: -1 }]],
      ["recovery.resume", [{}]],
      ["manage.removeRegion", ["hiking", { region: { type: "circle" } }, {}]],
    ] as const;
    for (const [id, [name, args]] of calls.entries()) post("s", { type: "call", id, name, args });
    for (const [id, [name]] of calls.entries()) {
      expect(await until((message) => message.id === id), name).toMatchObject({ type: "failure" });
    }
    post("s", { type: "listen", id: 50, name: "store.changes", args: [{}] });
    post("s", { type: "listen", id: 51, name: "download.progress", args: ["x"] });
    await until(ofType("complete", 51));
    for (let id = 100; id < 110; id++) post("s", { type: "call", id, name: "download.cancel", args: [{}] });
    await until(ofType("result", 109));
  });

  it("does nothing for a session that is none", async () => {
    const { post, until, came } = await serve();
    post("s", { type: "call", id: 1, name: "manage.delete", args: ["hiking"] });
    await until(ofType("bye"));
    expect(came.some(ofType("result"))).toBe(false);
  });
});

describe("a near side", () => {
  const connect = async () => {
    const raw = rawPort();
    const root = connectRoot(raw.port);
    onTestFinished(() => root.close());
    const session = await raw.session;
    return { ...raw, root, reply: (...messages: unknown[]) => raw.post(session, ...messages) };
  };

  it("passes over what is strange", async () => {
    const { root, postAnything, reply, until } = await connect();
    const stats = root.stats();
    for (const data of strange) postAnything(data);
    reply(...strangeMessages, { type: "welcome", version: 1 });
    const { id } = await until(ofType("call"));
    reply({ type: "result", id, value: { length: 3 } });
    expect(await stats).toEqual({ length: 3 });
  });

  it("is not led astray by values that are none of a stream", async () => {
    const { root, reply, until, came } = await connect();
    reply({ type: "welcome", version: 1 });
    const seen: unknown[] = [];
    const note = { next: (value: unknown) => seen.push(value), error: (error: unknown) => seen.push(error) };
    const download = root.store("hiking").download.startForeground(region);
    download.progress$.subscribe(note);
    download.tiles$.subscribe(note);
    root.changes$.subscribe(note);
    root.recovery.changes$.subscribe(note);
    await until(() => came.filter(ofType("listen")).length === 4);
    const listens = came.filter(ofType("listen"));
    for (const { id } of listens) {
      for (const value of [null, undefined, 7, "x", {}, [null, 7, "x"], { kinds: ["x"], stores: [] }]) {
        reply({ type: "next", id, value });
      }
    }
    const progress = listens.find(({ name }) => name === "download.progress");
    reply({ type: "next", id: progress?.id, value: [{ state: "running", stored: 5 }] });
    await until(() => came.filter(ofType("taken")).length === 4 * 7 + 1);
    // Lists of what can be recovered may well be empty.
    expect(seen.filter((value) => !(Array.isArray(value) && value.length === 0))).toEqual([
      { state: "running", stored: 5 },
    ]);
  });

  it("takes no more from an error than its class has", async () => {
    const { root, reply, until } = await connect();
    reply({ type: "welcome", version: 1 });
    const stats = root.stats().catch((error: unknown) => error);
    const { id } = await until(ofType("call"));
    const fields = JSON.parse('{"store":"a","toString":5,"__proto__":{"evil":1},"stack":"x","constructor":7}');
    reply({
      type: "failure",
      id,
      error: { name: "StoreNotFoundError", message: "No.", code: "STORE_NOT_FOUND", fields },
    });
    const error = await stats;
    expect(String(error)).toBe("StoreNotFoundError: No.");
    expect(error).toMatchObject({ store: "a" });
    expect(error).not.toHaveProperty("evil");
    expect((error as Error).stack).not.toBe("x");
    const again = root.stats().catch((reason: unknown) => reason);
    const second = await until((message) => message.type === "call" && message.id !== id);
    reply({ type: "failure", id: second.id, error: { name: "x", message: "y", code: "__proto__", fields: {} } });
    expect(await again).toMatchObject({ message: "y", code: "__proto__" });
  });

  it("rejects what was answered with something strange, and lives on", async () => {
    const { root, reply, until, came } = await connect();
    reply({ type: "welcome", version: 1 });
    const download = root.store("hiking").download.startForeground(region);
    const list = root.downloads.list();
    const got = root.downloads.get("x").catch((error: unknown) => error);
    await until(() => came.filter(ofType("call")).length === 3);
    const ids = came.filter(ofType("call")).map(({ id }) => id);
    reply({ type: "result", id: ids[0], value: "x" }, { type: "result", id: ids[1], value: [null, { ref: "x" }] });
    reply({ type: "result", id: ids[2], value: 7 });
    expect(await list).toEqual([]);
    await got;
    reply({ type: "over", ref: 1, progress: { state: "completed" } satisfies Partial<DownloadProgress> });
    expect(await download.done).toEqual({ state: "completed" });
  });
});
