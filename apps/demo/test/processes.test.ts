import { once } from "node:events";
import { createServer } from "node:http";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { assertNobodyAnswers } from "../src/processes/assert-nobody-answers.ts";
import { Children } from "../src/processes/children.ts";
import { commandLines } from "../src/processes/command-lines.ts";
import { fmtcIn } from "../src/processes/fmtc.ts";
import { getJson } from "../src/processes/get-json.ts";
import { startTileServer } from "../src/processes/tile-server.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const folder = temporaryFolder();

let over: AbortController;
let children: Children;
beforeEach(() => {
  over = new AbortController();
  children = new Children(over.signal);
});
afterEach(async () => {
  await children.end();
  vi.restoreAllMocks();
});

test("what runs is killed when the demo is over, and nothing is started any more", async () => {
  const server = await startTileServer(children, 0);
  over.abort(new Error("It is over."));
  await server.lost;
  await assertNobodyAnswers(server.url);
  expect(() => children.start([], {})).toThrow("It is over.");
});

test("a tile server that is stopped does not answer, and is not lost", async () => {
  const server = await startTileServer(children, 0);
  expect((await fetch(`${server.url}/xyz/0/0/0.png`)).status).toBe(200);
  expect((await server.stats()).tiles["/xyz/0/0/0.png"]?.requests).toBe(1);
  await expect(assertNobodyAnswers(server.url)).rejects.toThrow(`something answers at ${server.url}.`);
  await server.stop();
  await assertNobodyAnswers(server.url);
  expect(await Promise.race([server.lost, "not lost"])).toBe("not lost");
  await expect(server.stats()).rejects.toThrow(
    /^The tile server cannot be asked .*: http\S+ gave no answer \(.*ECONNREFUSED.*\)\.$/,
  );
});

test("an answer that is an error is none", async () => {
  const gateway = createServer((_, response) => response.writeHead(502).end("{}")).listen(0, "127.0.0.1");
  await once(gateway, "listening");
  const address = gateway.address();
  const port = typeof address === "object" ? address?.port : undefined;
  await expect(getJson(`http://127.0.0.1:${port}/stats`)).rejects.toThrow("gave no answer (status 502).");
  gateway.close();
});

test("a command that fails is named with its exit code", async () => {
  vi.spyOn(console, "log").mockImplementation(() => {});
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
