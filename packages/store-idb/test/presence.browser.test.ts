import type { Presence } from "@fmtc/core";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { testDatabase } from "./test-database.ts";

/** A page or a worker of its own that has entered, and how it is ended without a word. */
interface Other {
  readonly owner: string;
  readonly end: () => void;
}

const module = new URL("./present.ts", import.meta.url);

async function enterInWorker(name: string): Promise<Other> {
  const worker = new Worker(module, { type: "module", name });
  onTestFinished(() => worker.terminate());
  const owner = await new Promise<string>((resolve, reject) => {
    worker.addEventListener("message", ({ data }) => resolve(data));
    worker.addEventListener("error", ({ message }) => reject(new Error(message)));
  });
  return { owner, end: () => worker.terminate() };
}

async function enterInPage(name: string): Promise<Other> {
  const frame = document.createElement("iframe");
  frame.name = name;
  frame.srcdoc = `<script type="module" src="${module.href}"></script>`;
  onTestFinished(() => frame.remove());
  const owner = new Promise<string>((resolve) => {
    addEventListener("message", ({ source, data }) => source === frame.contentWindow && resolve(data));
  });
  document.body.append(frame);
  return { owner: await owner, end: () => frame.remove() };
}

async function presenceOf(connect: ReturnType<typeof testDatabase>["connect"]): Promise<Presence> {
  const { presence } = await connect();
  return presence ?? expect.fail("There is no presence.");
}

/** Resolves when nobody holds the lock of an owner any more: browsers take their time to notice. */
function whenReleased(name: string, owner: string): Promise<void> {
  return navigator.locks.request(`fmtc:${name}:${owner}`, () => {});
}

describe.each([
  ["a worker", enterInWorker],
  ["a page", enterInPage],
])("%s", (_, enter) => {
  it("is alive until it ends without a word, and gone then", async () => {
    const { name, connect } = testDatabase();
    const { find } = await presenceOf(connect);
    const other = await enter(name);
    expect(await find(other.owner)).toBe("alive");
    other.end();
    await whenReleased(name, other.owner);
    expect(await find(other.owner)).toBe("gone");
  });
});

it("who has left is gone as soon as leaving is done", async () => {
  const { enter, find } = await presenceOf(testDatabase().connect);
  const { owner, leave } = await enter();
  expect(await find(owner)).toBe("alive");
  await leave();
  expect(await find(owner)).toBe("gone");
});

it("two databases of a site have owners of their own", async () => {
  const one = await presenceOf(testDatabase().connect);
  const two = await presenceOf(testDatabase().connect);
  const { owner, leave } = await one.enter();
  expect(await two.find(owner)).toBe("gone");
  await leave();
});

it("without Web Locks there is none", async () => {
  vi.stubGlobal("navigator", { storage: navigator.storage });
  onTestFinished(() => void vi.unstubAllGlobals());
  const store = await testDatabase().connect();
  expect(store.presence).toBeUndefined();
  await store.stores.create("a");
});
