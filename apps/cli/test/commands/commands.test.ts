import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { fmtc } from "./fmtc.ts";
import { CIRCLE, TILES, Workshop } from "./workshop.ts";

const workshop = new Workshop();
const { download, inFile, json, run } = workshop;

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

  it("show names on one line, and not all of a long one", async () => {
    await run(...download());
    const long = "n".repeat(500);
    await inFile(async ({ stores }) => {
      await stores.create("two\nlines\u001b[2J\u009b31m");
      await stores.create(long);
    });
    const { stdout } = await run("list", "--db", "tiles.db");
    expect(stdout).toMatch(/^two lines +0 /m);
    expect(stdout).toMatch(/^n+… +0 /m);
    expect((await json("list", "--db", "tiles.db")).value.stores[1].name).toBe(long);
    const { stdout: ofStore } = await run("stats", "two\nlines\u001b[2J\u009b31m", "--db", "tiles.db");
    expect(ofStore).toMatch(/^store +two lines\n/);
    const { stderr } = await run("stats", "none", "--db", "tiles.db");
    expect(stderr).toContain('"two\\nlines\\u001b[2J\\u009b31m"');
  });

  it("are named alone in the help of list, as it takes nothing", async () => {
    expect((await run("list", "--help")).stdout).toMatch(/^Usage: fmtc list *\n/);
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
    const shallow = ["--circle", "51.5074,-0.1278,5km", "--zooms", "8-13"];
    await run("download", "hiking", ...shallow, "--url", workshop.server.tiles, "--db", "tiles.db");
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

describe("the version", () => {
  it("is that of the package", async () => {
    const { version } = JSON.parse(await readFile(new URL("../../package.json", import.meta.url), "utf8"));
    expect(await run("--version")).toEqual({ code: 0, stdout: `${version}\n`, stderr: "" });
  });
});
