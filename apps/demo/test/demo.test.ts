import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { coverOf, type TileStore } from "@fmtc/core";
import { openSqliteStore } from "@fmtc/store-sqlite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { drawOfflineMap } from "../src/picture/draw-offline-map.ts";
import { journey, SOURCE, STORE } from "../src/regions.ts";
import { type RunningDemo, startDemo } from "./start-demo.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const LONGEST_MS = 120_000;
/** What may be under way when a download is killed: its buffer, and its requests. */
const UNDER_WAY = 200 + 8;

const folder = temporaryFolder();
const cover = coverOf(journey);

let demo: RunningDemo;
let output: string;
let store: TileStore;
beforeAll(async () => {
  // As if another demo had been interrupted.
  mkdirSync(join(folder, "made"));
  for (const name of ["demo-tiles.db", "demo-tiles.db-wal", "offline-map.png"]) {
    writeFileSync(join(folder, "made", name), "of another demo");
  }
  demo = startDemo(folder, ["--out", "made"]);
  expect(await demo.ended, demo.stderr()).toBe(0);
  output = demo.stdout();
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
    expect(numberIn(/the whole world +z0–24 +([\d,]+) tiles/)).toBe(375_299_968_947_541);
  });

  test("is killed when half of the tiles are stored, and sees that in the list of downloads", () => {
    expect(output).toMatch(/^ {2}\$ kill -9 \d+$/m);
    const stored = numberIn(/^ {2}([\d,]+) of 4,546 tiles were stored when it died/m);
    expect(stored).toBeGreaterThanOrEqual(cover.count / 2);
    expect(stored).toBeLessThan(cover.count);
    expect(numberIn(/interrupted +([\d,]+) of 4,546/)).toBe(stored);
  });

  test("goes on without asking again for more than was under way", () => {
    const requests = numberIn(/The server has had ([\d,]+) requests for 4,546 tiles/);
    expect(requests).toBeGreaterThanOrEqual(cover.count);
    expect(requests).toBeLessThanOrEqual(cover.count + UNDER_WAY);
    expect(output).toMatch(/that were stored,\s+none was asked for again/);
    expect(numberIn(/those under way when it was killed, ([\d,]+)\./)).toBe(requests - cover.count);
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
    const documented = readFileSync(fileURLToPath(new URL("../../../docs/offline-map.png", import.meta.url)));
    expect(picture.equals(documented)).toBe(true);
    const zooms = [...cover.countByZoom].filter(([zoom]) => zoom >= 9);
    expect(numberIn(/is made of ([\d,]+) of/)).toBe(zooms.reduce((sum, [, count]) => sum + count, 0));
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
  const { png, drawn } = await drawOfflineMap(store);
  expect(drawn).toBe(numberIn(/is made of ([\d,]+) of/) - 1);
  expect(readFileSync(join(folder, "made/offline-map.png")).equals(png)).toBe(false);
});
