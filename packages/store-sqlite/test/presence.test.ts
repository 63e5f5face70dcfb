import { expect, test } from "vitest";
import { startChild } from "./child.ts";
import { opened, testPath } from "./opened.ts";

test("an owner whose process was killed is gone at once; until then, nobody knows", async () => {
  const path = testPath();
  const { presence } = await opened(path);
  const child = startChild("enter", [path]);
  const { value: owner } = await child.lines.next();
  expect(await presence?.find(owner)).toBe("unknown");
  child.kill();
  await child.ended;
  expect(await presence?.find(owner)).toBe("gone");
});

test("an owner of this process, or of a database in memory, is no other's to call gone", async () => {
  const { presence } = await opened(testPath());
  const memory = await opened(":memory:");
  const [here, inMemory] = await Promise.all([presence?.enter(), memory.presence?.enter()]);
  expect(await presence?.find(here?.owner ?? "")).toBe("unknown");
  expect(await presence?.find(inMemory?.owner ?? "")).toBe("unknown");
});

test("a process of another machine or container cannot be looked up, and one that took over a number is not the same", async () => {
  const { presence } = await opened(testPath());
  const { owner = "" } = (await presence?.enter()) ?? {};
  const [kind, realm = "", pid, startedAt, random] = owner.split(":");
  const found = (...parts: unknown[]) => presence?.find([kind, ...parts, random].join(":"));
  const elsewhere = realm.replace(/^./, (digit) => (digit === "0" ? "1" : "0"));
  expect(await found(realm, pid, startedAt)).toBe("unknown");
  expect(await found(elsewhere, 999_999_999, startedAt)).toBe("unknown");
  expect(await found(realm, 999_999_999, startedAt)).toBe("gone");
  expect(await found(realm, pid, Number(startedAt) - 100_000)).toBe("gone");
});
