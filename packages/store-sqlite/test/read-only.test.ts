import { chmodSync } from "node:fs";
import { dirname } from "node:path";
import { expect, test } from "vitest";
import { openSqliteStore } from "../src/index.ts";
import { runChild } from "./child.ts";
import { testPath } from "./opened.ts";

test.each([
  ["a file that may not be written", 0o444, 0o777],
  ["a file that may not be read", 0o000, 0o777],
  ["a folder that may not be written", 0o666, 0o555],
  ["neither", 0o444, 0o555],
])("%s is refused", async (_, fileMode, folderMode) => {
  const path = testPath();
  await (await openSqliteStore(path, { worker: false })).close();
  chmodSync(path, fileMode);
  chmodSync(dirname(path), folderMode);
  expect(await runChild("open", [path])).toEqual(["STORE_UNAVAILABLE"]);
  chmodSync(path, 0o666);
  chmodSync(dirname(path), 0o777);
  expect(await runChild("open", [path])).toEqual(["written"]);
});

test("a folder in which no file may be made is refused", async () => {
  const path = testPath();
  chmodSync(dirname(path), 0o555);
  expect(await runChild("open", [path])).toEqual(["STORE_UNAVAILABLE"]);
});
