import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { testPath } from "./opened.ts";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");

test("the example of the README runs, and prints what it says", async () => {
  const [, code = ""] = /```ts\n([\s\S]*?)```/.exec(readme) ?? [];
  const folder = dirname(testPath());
  const script = join(folder, "example.ts");
  const source = new URL("../src/index.ts", import.meta.url).href;
  writeFileSync(
    script,
    code
      .replace('"@fmtc/store-sqlite"', JSON.stringify(source))
      .replace('"tiles.db"', JSON.stringify(join(folder, "tiles.db"))),
  );
  const printed: unknown[] = [];
  const log = console.log;
  console.log = (line: unknown) => printed.push(line);
  try {
    await import(/* @vite-ignore */ pathToFileURL(script).href);
  } finally {
    console.log = log;
  }
  const promised = [...code.matchAll(/console\.log\(.*\); \/\/ (.*)/g)].map(([, line]) => line);
  expect(printed.map(String)).toEqual(promised);
  expect(promised.length).toBeGreaterThan(0);
});
