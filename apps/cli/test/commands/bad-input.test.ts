import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTileServer, type TileServer } from "../tile-server.ts";
import { fmtc } from "./fmtc.ts";

const REGION = ["--circle", "51.5074,-0.1278,5km", "--zooms", "8-14"];

let cwd = "";
let server: TileServer;
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), "fmtc-bad-"));
  server = await startTileServer();
  await writeFile(join(cwd, "bad.json"), '{"sources": [{"id": "a"}]}');
});
afterAll(async () => {
  await server.stop();
  await rm(cwd, { recursive: true });
});

/** One of each kind, as each takes a process; the readers' own tests have the others. */
describe.concurrent("what cannot be understood", () => {
  it.each<[string, (url: string) => readonly string[], number, string | RegExp]>([
    ["a wrong option", () => ["count", "--zoom", "8"], 2, "Unknown option '--zoom'. Did you mean --zooms?\n"],
    ["a wrong command", () => ["donwload"], 2, "Unknown command 'donwload'. Did you mean download?\n"],
    ["no command", () => [], 2, /^Usage: fmtc COMMAND/],
    ["no store", () => ["download"], 2, "STORE is missing; --help shows how to give it.\n"],
    [
      "too much",
      () => ["list", "hiking"],
      2,
      /^Too many arguments for 'list'.*--help shows what the command takes\.$/m,
    ],
    ["a command that is none", () => ["foo"], 2, "Unknown command 'foo'. fmtc --help shows all commands.\n"],
    [
      "help for a command that is none",
      () => ["help", "foo"],
      2,
      "Unknown command 'foo'. fmtc --help shows all commands.\n",
    ],
    [
      "an option that is none",
      () => ["list", "--frobnicate"],
      2,
      "Unknown option '--frobnicate'. --help shows all options.\n",
    ],
    ["a shell that is none", () => ["completion", "tcsh"], 2, /^Shell is 'tcsh', but must be one of zsh, bash/],
    [
      "spaces in a circle",
      () => ["count", "--circle", "51.5074,", "-0.1278,", "5km", "--zooms", "8"],
      2,
      "Unknown option '-0.1278,'. Numbers stand without spaces, or in quotes: --circle 51.5074,-0.1278,5km.\n",
    ],
    ["zooms twice", () => ["count", ...REGION, "--zooms", "12"], 2, "--zooms is given twice: take one of them.\n"],
    [
      "a URL twice",
      (url) => ["download", "a", ...REGION, "--url", url, "--url", url],
      2,
      "--url is given twice: take one of them.\n",
    ],
    [
      "a configuration that is not there, to count",
      () => ["count", ...REGION, "--config", "nope.json"],
      2,
      "The configuration file nope.json does not exist.\n",
    ],
    [
      "a header that cannot be sent",
      (url) => ["download", "a", ...REGION, "--url", url, "--header", "X-K: ü€"],
      2,
      "Header X-K holds a character that cannot be sent. Encode it, as %E2%82%AC for €.\n",
    ],
    [
      "a URL that may hold a key",
      (url) => ["download", "a", ...REGION, "--url", `${url}?key=0123secret`],
      2,
      /^--url has the field "key", which may be a key or say which map it is: name the tiles with --source ID/,
    ],
    ["no value", () => ["count", "--bbox"], 2, "--bbox needs a value: --bbox W,S,E,N.\n"],
    [
      "options that exclude each other",
      () => ["list", "--quiet", "--json"],
      2,
      "Option '--json' cannot be used with option '--quiet'.\n",
    ],
    [
      "a wrong region",
      (url) => ["download", "a", "--circle", "51.5,-0.1", "--zooms", "8", "--url", url],
      2,
      /^--circle is "51\.5,-0\.1", but must be LAT,LON,RADIUS/,
    ],
    [
      "a wrong number",
      (url) => ["download", "a", ...REGION, "--url", url, "--parallel", "many"],
      2,
      /^--parallel is "many", but must be/,
    ],
    ["no source", () => ["plan", ...REGION], 2, /^There is no source: say where tiles come from/],
    [
      "a wrong contact",
      (url) => ["download", "a", ...REGION, "--url", url, "--contact", "me"],
      2,
      /^--contact is "me", but must be a URL or a mail address/,
    ],
    ["a wrong configuration", () => ["list", "--config", "bad.json"], 2, /^bad\.json: sources\[0\]\.url is undefined/],
    [
      "a configuration that is not there",
      () => ["list", "--config", "no.json"],
      2,
      "The configuration file no.json does not exist.\n",
    ],
    [
      "an empty store",
      (url) => ["download", "", ...REGION, "--url", url],
      2,
      "STORE is empty: give a name, such as hiking.\n",
    ],
    ["an ID and all", () => ["resume", "a", "--all"], 2, /^--all is all downloads/],
    [
      "a server that does not allow it",
      () => ["download", "a", ...REGION, "--url", "https://tile.openstreetmap.org/{z}/{x}/{y}.png"],
      4,
      /say so with --allow-bulk\.\n$/,
    ],
    ["a file that is not there", () => ["list"], 1, /^There is no file .*tiles\.db yet: "fmtc download" makes it\./],
    [
      "a file that is not there, to repair",
      (url) => ["audit", "a", ...REGION, "--url", url, "--repair"],
      1,
      /^There is no file .*tiles\.db yet/,
    ],
    [
      "a file that is not there, to update",
      (url) => ["update", "a", ...REGION, "--url", url],
      1,
      /^There is no file .*tiles\.db yet/,
    ],
    [
      "to delete without asking",
      () => ["delete", "a"],
      2,
      "Nobody is there to be asked: give --yes to delete, or --dry-run to see what would go.\n",
    ],
    [
      "a source without a region",
      () => ["delete", "a", "--source", "topo", "--yes"],
      2,
      /^A source is that of a region, which is missing/,
    ],
    [
      "two ways to delete",
      () => ["delete", "a", ...REGION, "--older-than", "1d", "--yes"],
      2,
      "These exclude each other: a region, --older-than. Take one of them.\n",
    ],
  ])("is found: %s", async (_, args, code, message) => {
    const ended = await fmtc(args(server.tiles), { cwd });
    expect(ended).toEqual({
      code,
      stdout: "",
      stderr: typeof message === "string" ? message : expect.stringMatching(message),
    });
  });
});

describe("after that", () => {
  it("nothing was made, and nobody was asked", async () => {
    expect(await readdir(cwd)).toEqual(["bad.json"]);
    expect(await server.requests()).toBe(0);
  });
});

describe("an error", () => {
  it("is an object with --json, and a sentence on standard error all the same", async () => {
    const { code, stdout, stderr } = await fmtc(["count", "--zooms", "99", "--bbox", "1,2,3,4", "--json"], { cwd });
    const message = '--zooms is "99", but zooms end at 24.';
    expect({ code, json: JSON.parse(stdout), stderr }).toEqual({
      code: 2,
      json: { error: { code: "USAGE", message } },
      stderr: `${message}\n`,
    });
  });

  it("says with --debug where it comes from", async () => {
    const { stderr } = await fmtc(["count", "--zooms", "99", "--bbox", "1,2,3,4", "--debug"], { cwd });
    expect(stderr).toMatch(/^--zooms is "99"[^\n]*\n[\s\S]*at readZooms .*read-zooms\.ts:\d+/);
  });
});
