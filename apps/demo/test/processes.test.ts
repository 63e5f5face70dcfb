import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { Children } from "../src/processes/children.ts";
import { commandLines } from "../src/processes/command-lines.ts";
import { fmtcIn } from "../src/processes/fmtc.ts";
import { startTileServer } from "../src/processes/tile-server.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const folder = temporaryFolder();

let children = new Children();
afterEach(async () => {
  await children.end();
  children = new Children();
});

test("a tile server that is lost is said to be", async () => {
  const server = await startTileServer(children, 0);
  children.kill();
  await expect(server.lost).rejects.toThrow("The tile server has ended in the middle of the demo");
});

test("a tile server that is stopped does not answer, and is not lost", async () => {
  const server = await startTileServer(children, 0);
  expect((await fetch(`${server.url}/xyz/0/0/0.png`)).status).toBe(200);
  expect((await server.stats()).tiles["/xyz/0/0/0.png"]?.requests).toBe(1);
  await server.stop();
  await expect(fetch(server.url)).rejects.toThrow("fetch failed");
  expect(await Promise.race([server.lost, "not lost"])).toBe("not lost");
});

test("a command that fails is named with its exit code", async () => {
  const fmtc = fmtcIn(folder, children);
  await expect(fmtc.run("stats", "hiking", "--quiet", "--db", join(folder, "no.db"))).rejects.toThrow(
    /^fmtc stats ended with code [1-9]\d*: its own words are above\.$/,
  );
});

test("commands are shown as a shell takes them", () => {
  expect(commandLines(["list", "--db", "my tiles.db"])).toEqual(["$ npm run fmtc -- list --db 'my tiles.db'"]);
  expect(commandLines(["stats", "it's"])).toEqual(["$ npm run fmtc -- stats 'it'\\''s'"]);
});

test("long commands are broken before options", () => {
  const url = "https://tiles.example.org/{z}/{x}/{y}.png?a=much-longer-query";
  expect(commandLines(["download", "hiking", "--url", url, "--keep-sea", "--db", "tiles.db"])).toEqual([
    "$ npm run fmtc -- download hiking \\",
    `    --url '${url}' --keep-sea \\`,
    "    --db tiles.db",
  ]);
});
