import { existsSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { runChild, startChild } from "./child.ts";
import { opened, testPath } from "./opened.ts";

test("an idle store does not keep its program alive, and need not be closed", async () => {
  const path = testPath();
  expect(await runChild("leave", [path, "idle"])).toEqual(["left"]);
  expect(existsSync(`${path}-reserve`)).toBe(false);
  expect(sessionsIn(path)).toBe(0);
});

test("a program that ends by itself completes the commits it has begun", async () => {
  const path = testPath();
  expect(await runChild("leave", [path, "pending"])).toEqual(["left"]);
  expect(sessionsIn(path)).toBe(0);
  const store = await opened(path);
  expect(await store.stores.stats("a")).toMatchObject({ length: 510 });
});

test("process.exit is no crash", async () => {
  const path = testPath();
  await runChild("leave", [path, "exit"]);
  expect(sessionsIn(path)).toBe(0);
});

test("process.exit in the middle of a commit leaves all of it or nothing", async () => {
  const path = testPath();
  await runChild("leave", [path, "exit-while-pending"]);
  const store = await opened(path);
  expect([10, 500]).toContain((await store.stores.stats("a")).length);
});

test("a crash is noticed by the next one that opens the database, who checks it", async () => {
  const path = testPath();
  expect(await startChild("leave", [path, "crash"]).ended).toMatchObject({ how: "SIGKILL" });
  expect(sessionsIn(path)).toBe(1);
  const store = await opened(path);
  expect(await store.stores.stats("a")).toMatchObject({ length: 10 });
  // The session of this process has taken the place of the other's.
  expect(sessionsIn(path)).toBe(1);
  await store.close();
  expect(sessionsIn(path)).toBe(0);
});

function sessionsIn(path: string): number {
  const database = new DatabaseSync(path);
  const { count } = database.prepare("SELECT count(*) AS count FROM sessions").get() as { count: number };
  database.close();
  return count;
}
