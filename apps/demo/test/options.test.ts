import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { claimFolder } from "../src/claim-folder.ts";
import { demoFilesIn } from "../src/demo-files.ts";
import { readOptions } from "../src/read-options.ts";
import { startDemo } from "./start-demo.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const folder = temporaryFolder();
const claim = (name: string) => claimFolder(demoFilesIn(join(folder, name), folder));

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

test("what npm leaves of its users' options is understood", () => {
  expect(() => readOptions(["maps"], folder)).toThrow(/npm run demo -- --out maps$/);
  expect(() => readOptions([], folder, "maps")).toThrow(/npm run demo -- --out maps$/);
  expect(() => readOptions(["--out="], folder)).toThrow("--out is empty: give the name of a folder.");
  expect(readOptions(["--out", "maps"], folder).out).toBe(join(folder, "maps"));
});

test("a folder that cannot be is named in one sentence, with exit code 1", async () => {
  writeFileSync(join(folder, "taken"), "");
  const demo = startDemo(folder, ["--out", "taken"]);
  expect(await demo.ended).toBe(1);
  expect(demo.stderr().trim()).toMatch(/^The demo cannot write into .*taken .*: name another folder with --out\.$/);
});

test.runIf(process.platform === "linux")("a folder where nothing can be made is given up at once", () => {
  expect(() => claimFolder(demoFilesIn("/proc/no/folder", folder))).toThrow(/^The demo cannot write into \/proc\/no/);
});

test("files that no demo has made are left alone", () => {
  mkdirSync(join(folder, "mine"));
  const picture = join(folder, "mine/offline-map.png");
  writeFileSync(picture, "my picture");
  expect(() => claim("mine")).toThrow(/mine has a file offline-map\.png that no demo has made/);
  expect(readFileSync(picture, "utf8")).toBe("my picture");
});

test("those of an earlier demo are replaced, as soon as it has ended", () => {
  const earlier = claim("new/folder");
  const picture = join(folder, "new/folder/offline-map.png");
  writeFileSync(picture, "a picture");
  expect(() => claim("new/folder")).toThrow(/^Another demo is at work in .*folder: wait for its end/);
  expect(existsSync(picture)).toBe(true);
  earlier.release();
  claim("new/folder").release();
  expect(existsSync(picture)).toBe(false);
});
