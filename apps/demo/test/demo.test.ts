import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { coverOf, type TileStore } from "@fmtc/core";
import { openSqliteStore } from "@fmtc/store-sqlite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { drawOfflineMap } from "../src/picture/draw-offline-map.ts";
import { journey, SOURCE, STORE } from "../src/regions.ts";
import { paste, pasteUntil, printedCommands } from "./printed-commands.ts";
import { type RunningDemo, startDemo } from "./start-demo.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const LONGEST_MS = 200_000;
/** What may be under way when a download is killed: its buffer, and its requests. */
const UNDER_WAY = 200 + 8;

const folder = temporaryFolder();
const cover = coverOf(journey);

/** What the user may have: nothing of it has to do with the demo. */
const SURROUNDINGS = {
  FMTC_DB: "another.db",
  FMTC_CONFIG: "nowhere.json",
  NODE_USE_ENV_PROXY: "1",
  HTTP_PROXY: "http://127.0.0.1:9",
  http_proxy: "http://127.0.0.1:9",
  NO_PROXY: "",
  no_proxy: "",
};
const CONFIG = { db: "another.db", sources: [{ id: "topo", url: "https://tiles.example.org/{z}/{x}/{y}.png" }] };

let demo: RunningDemo;
let output: string;
let store: TileStore;
let tookSeconds: number;
/** Of the database, as the demo has left it. */
let fileBytes: number;
beforeAll(async () => {
  // As if another demo had been interrupted.
  mkdirSync(join(folder, "made"));
  for (const name of [".fmtc-demo", "demo-tiles.db", "demo-tiles.db-wal", "offline-map.png"]) {
    writeFileSync(join(folder, "made", name), name === ".fmtc-demo" ? "" : "of another demo");
  }
  writeFileSync(join(folder, "fmtc.config.json"), "{ of another program");
  const start = performance.now();
  demo = startDemo(folder, ["--out", "made"], SURROUNDINGS);
  expect(await demo.ended, demo.stderr()).toBe(0);
  tookSeconds = (performance.now() - start) / 1000;
  output = demo.stdout();
  fileBytes = statSync(join(folder, "made/demo-tiles.db")).size;
  store = await openSqliteStore(join(folder, "made/demo-tiles.db"));
}, LONGEST_MS);
afterAll(() => store?.close());

/** The number in a text, once it has been found. */
function numberIn(pattern: RegExp): number {
  const [, digits] = pattern.exec(output) ?? [];
  if (digits === undefined) throw new Error(`There is no ${pattern} in:\n${output}`);
  return Number(digits.replaceAll(",", ""));
}

describe("the demo", () => {
  test("counts the tiles of its regions", () => {
    for (const [zoom, count] of cover.countByZoom) {
      expect(numberIn(new RegExp(`^ *${zoom} +([\\d,]+)$`, "m"))).toBe(count);
    }
    expect(numberIn(/^all +([\d,]+)$/m)).toBe(cover.count);
    expect(numberIn(/^ {2}5 km around London +z8–14 +([\d,]+) tiles/m)).toBe(78);
    expect(numberIn(/along the Thames +z8–16 +([\d,]+) tiles/)).toBe(1_205);
    expect(numberIn(/Fiji, over the antimeridian +z0–14 +([\d,]+) tiles/)).toBe(144_011);
    expect(numberIn(/5,000 km around London +z0–18 +([\d,]+) tiles/)).toBe(24_034_009_445);
    // 4⁰ + 4¹ + … + 4²⁴
    expect(numberIn(/the whole world +z0–24 +([\d,]+) tiles/)).toBe((4 ** 25 - 1) / 3);
  });

  test("is killed when half of the tiles are stored, and sees that in the list of downloads", () => {
    expect(output).toMatch(/^ {2}\$ kill -9 \d+$/m);
    const stored = numberIn(/^ {2}([\d,]+) of 4,546 tiles were stored when it died/m);
    expect(stored).toBeGreaterThanOrEqual(cover.count / 2);
    // It is looked at often, and tiles are written some hundred at a time.
    expect(stored).toBeLessThan(cover.count * 0.75);
    expect(output).toMatch(/A quarter of the tiles is stored[\s\S]*kill -9/);
    expect(numberIn(/interrupted +([\d,]+) of 4,546/)).toBe(stored);
  });

  test("goes on without asking again for more than was under way", () => {
    const requests = numberIn(/The server has had ([\d,]+) requests for 4,546 tiles/);
    expect(requests).toBeGreaterThanOrEqual(cover.count);
    expect(requests).toBeLessThanOrEqual(cover.count + UNDER_WAY);
    expect(output).toMatch(/that were stored,\s+none was asked for again/);
    expect(numberIn(/those under way when it was killed, ([\d,]+)\./)).toBeLessThanOrEqual(requests - cover.count);
  });

  test("has exactly the tiles of its regions, and nothing left to do", async () => {
    expect((await store.stores.stats(STORE)).length).toBe(cover.count);
    const keys = [...cover].map((tile) => ({ source: SOURCE, ...tile }));
    expect(await store.tiles.has(keys, { stores: [STORE] })).not.toContain(false);
    expect(await store.downloads.list()).toEqual([]);
    expect(numberIn(/^missing +([\d,]+)$/m)).toBe(0);
    expect(numberIn(/^present +([\d,]+)$/m)).toBe(cover.count);
  });

  test("has stopped its server when it looks at the map", async () => {
    const [, url = ""] = /nobody answers at (http:\S+) any more/.exec(output) ?? [];
    await expect(fetch(url)).rejects.toThrow("fetch failed");
    expect(demo.isAnythingLeft()).toBe(false);
  });

  test("draws the picture of the documentation: npm run demo, then cp demo-output/offline-map.png docs", () => {
    const picture = readFileSync(join(folder, "made/offline-map.png"));
    const documented = readFileSync(new URL("../../../docs/offline-map.png", import.meta.url));
    expect(picture.equals(documented)).toBe(true);
    const zooms = [...cover.countByZoom].filter(([zoom]) => zoom >= 9);
    expect(numberIn(/is made of ([\d,]+) of the 4,546 tiles, those from zoom 9 on/)).toBe(
      zooms.reduce((sum, [, count]) => sum + count, 0),
    );
  });

  test("says how much it has stored, how long that took, and where it is", async () => {
    const [, tiles, file] = /: ([\d.]+) MB of tiles take ([\d.]+) MB\.$/m.exec(output) ?? [];
    expect(Number(tiles)).toBeCloseTo((await store.stats()).bytes / 1e6, 1);
    expect(Number(file)).toBeCloseTo(fileBytes / 1e6, 1);
    const [, took, place] = /All of this took (\d+) s\. Tiles and picture are in (.+)\.$/m.exec(output) ?? [];
    expect(Number(took)).toBeGreaterThan(tookSeconds / 10);
    expect(Number(took)).toBeLessThanOrEqual(Math.ceil(tookSeconds));
    expect(place).toBe("made");
  });

  test("prints commands that can be pasted, whatever the user's configuration says", async () => {
    writeFileSync(join(folder, "fmtc.config.json"), JSON.stringify(CONFIG));
    const manifest = readFileSync(new URL("../../../package.json", import.meta.url), "utf8");
    const commands = printedCommands(output);
    const words = commands.map((command) => command.replace(/^npm run fmtc -- /, "").split(" ")[0]);
    const known = ["count", "download", "list", "resume", "audit", "serve", "stats", "--help"];
    expect(words).toEqual([...known, "npm", "npm"]);
    const scripts = ["npm run tiles", "npm test"];
    expect(commands.slice(-2)).toEqual(scripts);
    expect(Object.keys(JSON.parse(manifest).scripts)).toEqual(expect.arrayContaining(["fmtc", "tiles", "test"]));
    for (const [i, command] of commands.slice(0, -2).entries()) {
      if (words[i] === "serve") continue;
      const { code, stdout } = await paste(command, folder);
      expect(code, command).toBe(0);
      if (words[i] !== "download" && words[i] !== "resume") expect(stdout, command).not.toBe("");
      if (words[i] === "audit") expect(output).toContain(stdout);
    }
    const serve = commands[words.indexOf("serve")];
    await pasteUntil(`${serve} --port 0 --json`, folder, async (line) => {
      const [{ tiles }] = JSON.parse(line).addresses;
      expect((await fetch(tiles.replace("{z}/{x}/{y}", "6/31/21"))).status).toBe(200);
    });
  });

  test("has lines that fit a terminal, and no colour in a pipe", () => {
    for (const line of output.split("\n")) {
      // Paths of a temporary folder may be long.
      if (!line.includes(folder)) expect(line.length, line).toBeLessThanOrEqual(100);
    }
    expect(output).not.toContain("\u001b");
  });
});

test("a tile that is not stored is not drawn", async () => {
  const [tile] = coverOf({ ...journey, minZoom: 11, maxZoom: 11 });
  if (tile === undefined) throw new Error("There are no tiles of zoom 11.");
  await store.tiles.remove(STORE, [{ source: SOURCE, ...tile }]);
  const { png, drawn } = await drawOfflineMap(store, "the tile server is off");
  expect(drawn).toBe(numberIn(/is made of ([\d,]+) of/) - 1);
  expect(readFileSync(join(folder, "made/offline-map.png")).equals(png)).toBe(false);
});
