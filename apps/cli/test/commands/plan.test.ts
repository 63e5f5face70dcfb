import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { CIRCLE, TILES, Workshop } from "./workshop.ts";

const workshop = new Workshop();
const { download, json, run } = workshop;

describe("plan", () => {
  it("says what a download would take, and makes no file", async () => {
    const { code, value } = await json("plan", ...CIRCLE, "--url", workshop.server.tiles, "--rate", "50");
    expect({ code, value }).toMatchObject({
      code: 0,
      value: { tiles: TILES, isAllowed: true, fits: true, availableBytes: expect.any(Number) },
    });
    expect(value).not.toHaveProperty("problem");
    expect(value.bytes.likely).toBeGreaterThan(10_000);
    expect(value.tilesPerSecond).toBeLessThanOrEqual(50);
    expect(await readdir(workshop.cwd)).toEqual([]);
  });

  it("knows what is there, asks for nothing without samples, and says what is not allowed", async () => {
    await run(...download());
    const before = await workshop.server.requests();
    const larger = ["--circle", "51.5074,-0.1278,8km", "--zooms", "8-14", "--url", workshop.server.tiles];
    expect((await json("plan", "hiking", ...larger, "--db", "tiles.db", "--samples", "0")).value).toMatchObject({
      tiles: 164,
      present: TILES,
      missing: 86,
    });
    expect(await workshop.server.requests()).toBe(before);
    const refused = await run("plan", ...CIRCLE, "--url", "https://tile.openstreetmap.org/{z}/{x}/{y}.png");
    expect(refused.code).toBe(4);
    expect(refused.stdout).toMatch(/allowed +The operator .* say so with --allow-bulk\./);
  });

  it("says why no sample came, and fails", async () => {
    const away = await run("plan", ...CIRCLE, "--url", "http://127.0.0.1:1/{z}/{x}/{y}.png");
    expect(away).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(
        /^bytes +not known, as no sample came: The server could not be reached.*ECONNREFUSED/m,
      ),
    });
    const wrong = await json("plan", ...CIRCLE, "--url", `${workshop.server.url}/nothing/{z}/{x}/{y}.png`);
    expect(wrong).toMatchObject({ code: 1, value: { problem: "The server answered with status 404." } });
    expect(wrong.value).not.toHaveProperty("bytes");
    const unasked = await run("plan", ...CIRCLE, "--url", "http://127.0.0.1:1/{z}/{x}/{y}.png", "--samples", "0");
    expect(unasked).toMatchObject({ code: 0, stdout: expect.stringContaining("not known without samples") });
  });
});

describe("a file that cannot be opened", () => {
  it("is said to be empty, if it is", async () => {
    await writeFile(join(workshop.cwd, "empty.db"), "");
    expect(await run("list", "--db", "empty.db")).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(
        /^The file .*empty\.db is empty: "fmtc download" makes a database of it\. Another one/,
      ),
    });
  });

  it("may lack a folder, which is the user's to make", async () => {
    const named = ["--db", "maps/tiles.db"];
    for (const command of [["list"], ["download", "hiking", ...CIRCLE, "--url", workshop.server.tiles]]) {
      expect(await run(...command, ...named)).toMatchObject({
        code: 1,
        stderr: expect.stringMatching(
          /^There is no folder .*maps: make it first, or name another file by --db FILE\.\n$/,
        ),
      });
    }
    await mkdir(join(workshop.cwd, "maps"));
    expect((await run("list", ...named)).stderr).toMatch(/^There is no file .*maps.tiles\.db yet/);
  });
});
