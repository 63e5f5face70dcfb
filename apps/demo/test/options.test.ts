import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { startDemo } from "./start-demo.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const folder = temporaryFolder();

test("--help says how it is used, and makes nothing", async () => {
  const demo = startDemo(folder, ["--help", "--out", "nowhere"]);
  expect(await demo.ended).toBe(0);
  expect(demo.stdout()).toMatch(/^Usage: npm run demo/);
  expect(existsSync(join(folder, "nowhere"))).toBe(false);
});

test("an option that does not exist is named, with exit code 2", async () => {
  const demo = startDemo(folder, ["--zoom"]);
  expect(await demo.ended).toBe(2);
  expect(demo.stderr()).toMatch(/--zoom[\s\S]*Usage:/);
});

test("a folder that cannot be is named in one sentence, with exit code 1", async () => {
  writeFileSync(join(folder, "taken"), "");
  const demo = startDemo(folder, ["--out", "taken"]);
  expect(await demo.ended).toBe(1);
  expect(demo.stderr().trim()).toMatch(/^The demo cannot write into .*taken .*: name another folder with --out\.$/);
});
