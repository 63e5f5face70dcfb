import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { fmtc } from "./fmtc.ts";
import { CIRCLE, TILES, Workshop } from "./workshop.ts";

const workshop = new Workshop();
const { download, inFile, interrupted, json, run } = workshop;

describe("count", () => {
  it("counts by zoom, without a request or a file", async () => {
    const before = await workshop.server.requests();
    expect(await run("count", ...CIRCLE)).toEqual({
      code: 0,
      stdout:
        "zoom  tiles\n8         1\n9         1\n10        1\n11        4\n12        6\n13       16\n14       49\nall      78\n",
      stderr: "",
    });
    const bbox = await json("count", "--bbox", "-0.5,51.2,0.3,51.7", "--zooms", "8");
    expect(bbox).toEqual({ code: 0, stderr: "", value: { tiles: 4, tilesByZoom: { 8: 4 } } });
    const gpx = '<gpx><wpt lat="51.5" lon="-0.1"/></gpx>';
    const line = await fmtc(["count", "--line", "-", "--radius", "10m", "--zooms", "3", "--json"], {
      cwd: workshop.cwd,
      stdin: gpx,
    });
    expect(JSON.parse(line.stdout)).toMatchObject({ tiles: 1 });
    expect(await readdir(workshop.cwd)).toEqual([]);
    expect(await workshop.server.requests()).toBe(before);
  });
});

describe("plan", () => {
  it("says what a download would take, and makes no file", async () => {
    const { code, value } = await json("plan", ...CIRCLE, "--url", workshop.server.tiles, "--rate", "50");
    expect({ code, value }).toMatchObject({
      code: 0,
      value: { tiles: TILES, isAllowed: true, fits: true, availableBytes: expect.any(Number) },
    });
    expect(value.bytes.likely).toBeGreaterThan(10_000);
    expect(value.tilesPerSecond).toBeLessThanOrEqual(50);
    expect(await readdir(workshop.cwd)).toEqual([]);
  });

  it("knows what is there, asks for nothing without samples, and says what is not allowed", async () => {
    await run(...download());
    const before = await workshop.server.requests();
    const there = [
      "plan",
      "hiking",
      "--circle",
      "51.5074,-0.1278,8km",
      "--zooms",
      "8-14",
      "--url",
      workshop.server.tiles,
    ];
    expect((await json(...there, "--db", "tiles.db", "--samples", "0")).value).toMatchObject({
      tiles: 164,
      present: TILES,
      missing: 86,
    });
    expect(await workshop.server.requests()).toBe(before);
    const refused = await run("plan", ...CIRCLE, "--url", "https://tile.openstreetmap.org/{z}/{x}/{y}.png");
    expect(refused.code).toBe(4);
    expect(refused.stdout).toMatch(/allowed +The operator .* say so with --allow-bulk\./);
  });
});

describe("list and stats", () => {
  it("say what there is, and name the stores there are", async () => {
    await run(...download());
    const { host } = new URL(workshop.server.tiles);
    const db = join(workshop.cwd, "tiles.db");
    expect((await json("list", "--db", "tiles.db")).value).toEqual({
      db: expect.stringMatching(/tiles\.db$/),
      stores: [{ name: "hiking", tiles: TILES, bytes: expect.any(Number), sources: [`${host}/xyz`] }],
      downloads: [],
    });
    expect((await run("list", "--db", db)).stdout).toMatch(
      /^store +tiles +bytes +sources\nhiking +78 +[\d.]+ kB +127\.0\.0\.1:\d+\/xyz\n$/,
    );
    expect((await json("stats", "--db", db)).value).toMatchObject({
      stores: ["hiking"],
      tiles: TILES,
      diskBytes: expect.any(Number),
    });
    expect((await json("stats", "hiking", "--db", db)).value).toMatchObject({
      store: "hiking",
      tiles: TILES,
      pinnedTiles: TILES,
      latestAt: expect.stringMatching(/Z$/),
    });
    expect(await run("stats", "hike", "--db", db)).toEqual({
      code: 1,
      stdout: "",
      stderr: 'There is no store "hike". There is "hiking".\n',
    });
    expect(await run("stats", "--db", db, "--quiet")).toEqual({ code: 0, stdout: "", stderr: "" });
  });

  it("leave what is no database of fmtc as it is", async () => {
    await writeFile(join(workshop.cwd, "letter.txt"), "Dear Sir or Madam,");
    const { code, stderr } = await run("list", "--db", "letter.txt");
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringMatching(/letter\.txt is not a SQLite database, and was left as it is/),
    });
    expect(await readFile(join(workshop.cwd, "letter.txt"), "utf8")).toBe("Dear Sir or Madam,");
  });
});

describe("audit and update", () => {
  it("say what is missing, mend it, and tell what has changed", async () => {
    await run(...download("--zooms", "8-13"));
    const audit = ["audit", "hiking", ...CIRCLE, "--db", "tiles.db"];
    const before = await workshop.server.requests();
    expect(await json(...audit)).toMatchObject({ code: 3, value: { max: TILES, present: 29, stale: 0, missing: 49 } });
    expect(await workshop.server.requests()).toBe(before);
    expect(await json(...audit, "--repair", "--url", workshop.server.tiles)).toMatchObject({
      code: 0,
      value: { stored: 49 },
    });
    expect(await json(...audit)).toMatchObject({ code: 0, value: { present: TILES, missing: 0 } });

    const update = ["update", "hiking", ...CIRCLE, "--db", "tiles.db", "--url", workshop.server.tiles];
    expect(await json(...update)).toMatchObject({ code: 0, value: { changed: 0, skippedBy: { unmodified: TILES } } });
    await workshop.server.set({
      map: { version: 2, changedShare: 1 },
      planned: { "/xyz/8/127/85.png": ["404", "404"] },
    });
    expect(await json(...update)).toMatchObject({ code: 3, value: { changed: TILES - 1, gone: 1, failed: 1 } });
    expect(await run("update", "hike", ...CIRCLE, "--db", "tiles.db", "--url", workshop.server.tiles)).toMatchObject({
      code: 1,
    });
  });
});

describe("delete", () => {
  it("says what would go, and what has gone", async () => {
    await run(...download());
    const gone = ["delete", "hiking", "--db", "tiles.db"];
    const deepest = [...gone, "--bbox", "-180,-85,180,85", "--zooms", "14"];
    expect((await json(...deepest, "--dry-run")).value).toMatchObject({ dryRun: true, removed: 49, deleted: 49 });
    expect((await run(...deepest, "--yes")).stdout).toMatch(
      /^Deleted tiles of .*\/xyz from store "hiking": 49 tiles, [\d.]+ kB\.\n$/,
    );
    expect((await json(...gone, "--older-than", "1h", "--yes")).value).toMatchObject({ removed: 0 });
    expect((await json(...gone, "--dry-run")).value).toMatchObject({ store: "hiking", dryRun: true, removed: 29 });
    expect(await inFile((store) => store.stores.stats("hiking"))).toMatchObject({ length: 29 });
    expect((await json(...gone, "--yes")).value).toMatchObject({ dryRun: false, removed: 29, deleted: 29 });
    expect(await inFile((store) => store.stores.list())).toEqual([]);
  });

  it("forgets a download, and leaves its tiles", async () => {
    await interrupted("SIGINT");
    const { downloads, stores } = (await json("list", "--db", "tiles.db")).value;
    const forget = ["delete", "--download", downloads[0].id.slice(0, 5), "--db", "tiles.db"];
    expect((await run(...forget, "--dry-run")).stdout).toMatch(/^Would forget download [a-z\d]{8} into "hiking"/);
    expect((await json(...forget, "--yes")).value).toEqual({
      download: downloads[0].id,
      store: "hiking",
      dryRun: false,
    });
    expect((await json("list", "--db", "tiles.db")).value).toMatchObject({ stores, downloads: [] });
  });
});

describe("completion", () => {
  it("is a script for shells, and completes commands, stores and downloads", async () => {
    expect((await run("completion", "bash")).stdout).toContain("fmtc");
    const empty = await fmtc(["complete", "--", "stats", ""], { cwd: workshop.cwd, env: { FMTC_DB: "tiles.db" } });
    expect(empty).toMatchObject({ code: 0, stderr: "" });
    expect(await readdir(workshop.cwd)).toEqual([]);
    await interrupted("SIGINT");
    const { downloads } = (await json("list", "--db", "tiles.db")).value;
    const complete = (...words: string[]) =>
      fmtc(["complete", "--", ...words], { cwd: workshop.cwd, env: { FMTC_DB: "tiles.db" } });
    expect((await complete("stats", "hi")).stdout).toContain("hiking\tstore\n");
    expect((await complete("resume", "")).stdout).toContain(`${downloads[0].id.slice(0, 8)}\thiking: `);
    expect((await complete("down")).stdout).toContain("download\t");
  });
});

describe("the version", () => {
  it("is that of the package", async () => {
    const { version } = JSON.parse(await readFile(new URL("../../package.json", import.meta.url), "utf8"));
    expect(await run("--version")).toEqual({ code: 0, stdout: `${version}\n`, stderr: "" });
  });
});
