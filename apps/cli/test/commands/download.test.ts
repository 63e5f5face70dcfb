import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { fmtc } from "./fmtc.ts";
import { AROUND, CIRCLE, TILES, Workshop } from "./workshop.ts";

const workshop = new Workshop();
const { download, inFile, json, run } = workshop;

describe("download", () => {
  it("makes the file, and puts exactly the tiles of the region into it", async () => {
    const { code, stdout } = await run(...download());
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Complete: 78 tiles in /);
    const { host } = new URL(workshop.server.tiles);
    await inFile(async (store) => {
      expect(await store.stores.stats("hiking")).toMatchObject({ length: TILES, pinnedLength: TILES });
      const tile = await store.tiles.read({ source: `${host}/xyz`, z: 8, x: 127, y: 85 });
      expect(tile?.contentType).toBe("image/png");
      expect(await store.downloads.list()).toEqual([]);
    });
  });

  it("fetches only what is missing, or all of it", async () => {
    await run(...download("--zooms", "8-13"));
    const before = await workshop.server.requests();
    expect((await json(...download())).value).toMatchObject({ stored: 49, skippedBy: { existing: 29 } });
    expect((await json(...download("--zooms", "8-13", "--all"))).value).toMatchObject({ stored: 29 });
    expect(await workshop.server.requests()).toBeGreaterThanOrEqual(before + TILES);
  });

  it("says to machines whether it begins, goes on or asks again", async () => {
    const started = async (...args: string[]) => {
      const { stdout } = await run(...args, "--json");
      const lines: { readonly event?: string }[] = stdout
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line));
      return lines.filter(({ event }) => event === "started");
    };
    await workshop.server.set({ planned: { "/xyz/8/127/85.png": ["404", "404", "404", "404"] } });
    const begun = await started(...download());
    const source = `${new URL(workshop.server.tiles).host}/xyz`;
    expect(begun).toEqual([{ event: "started", how: "anew", id: expect.any(String), store: "hiking", source }]);
    expect(await started(...download())).toMatchObject([{ how: "again" }]);
    const resume = ["resume", "--failed", "--db", "tiles.db", "--url", workshop.server.tiles];
    expect(await started(...resume)).toMatchObject([{ how: "again", store: "hiking", source }]);
  });

  it("tells maps apart by their URLs", async () => {
    await run(...download("--zooms", "8"));
    const other = workshop.server.tiles.replace(".png", "@2x.png");
    await run(...download("--zooms", "8", "--url", other));
    const host = new URL(workshop.server.tiles).host;
    const { stores } = (await json("list", "--db", "tiles.db")).value;
    expect(stores).toMatchObject([{ tiles: 2, sources: [`${host}/xyz`, `${host}/xyz@2x.png`] }]);
  });

  it("has its own file in the user's data folder, and one that the environment names", async () => {
    const args = ["download", "a", "--bbox", "0,0,1,1", "--zooms", "0", "--url", workshop.server.tiles];
    const platform = {
      ...(process.platform === "win32"
        ? { LOCALAPPDATA: workshop.cwd }
        : { HOME: workshop.cwd, XDG_DATA_HOME: workshop.cwd }),
    };
    await fmtc(args, { cwd: workshop.cwd, env: platform });
    await fmtc(args, { cwd: workshop.cwd, env: { FMTC_DB: "other.db" } });
    const files = await readdir(workshop.cwd, { recursive: true });
    expect(files.map((file) => file.replace(/^.*[\\/]/, ""))).toEqual(expect.arrayContaining(["tiles.db", "other.db"]));
  });

  it("takes source, file and contact from the configuration, and its key from the environment", async () => {
    const source = {
      id: "topo",
      url: `${workshop.server.tiles}?key={key}`,
      parameters: { key: "$TOPO_KEY" },
      maxZoom: 12,
    };
    const config = { db: "maps.db", contact: "https://example.org/about", sources: [source] };
    await writeFile(join(workshop.cwd, "fmtc.config.json"), JSON.stringify(config));
    const missing = await run("download", "hiking", ...AROUND, "--zooms", "8");
    expect(missing).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("sources[0].parameters.key needs $TOPO_KEY"),
    });
    const env = { TOPO_KEY: "0123secret" };
    const deep = await fmtc(["download", "hiking", ...CIRCLE], { cwd: workshop.cwd, env });
    expect(deep).toMatchObject({ code: 2, stderr: '--zooms is 8-14, but source "topo" has zooms 0 to 12.\n' });
    expect(await readdir(workshop.cwd)).toEqual(["fmtc.config.json"]);
    const { code, stdout, stderr } = await fmtc(["download", "hiking", ...AROUND, "--zooms", "8-12"], {
      cwd: workshop.cwd,
      env,
    });
    expect(code).toBe(0);
    const bytes = await readFile(join(workshop.cwd, "maps.db"));
    expect(bytes.includes("0123secret") || `${stdout}${stderr}`.includes("0123secret")).toBe(false);
    expect(bytes.includes("topo")).toBe(true);
  });

  it("ends with 3 if tiles have failed; they can be asked for again, by resume --failed or the same command", async () => {
    await workshop.server.set({
      planned: { "/xyz/8/127/85.png": ["404"], "/xyz/11/1023/680.png": ["404", "404", "ok"] },
    });
    const { code, value } = await json(...download());
    expect({ code, value }).toMatchObject({ code: 3, value: { failed: 2, stored: TILES - 2 } });
    const { downloads } = (await json("list", "--db", "tiles.db")).value;
    expect(downloads).toMatchObject([{ state: "incomplete", failed: 2, max: TILES }]);
    const id: string = downloads[0].id;
    const resume = ["resume", id, "--db", "tiles.db", "--url", workshop.server.tiles];
    expect(await run(...resume)).toMatchObject({ code: 2, stderr: expect.stringContaining("is through: fmtc resume") });
    expect((await run("resume", "--db", "tiles.db")).stdout).toBe(
      `There is no download to go on with; ${id.slice(0, 8)} has 2 failed tiles, which --failed asks for again.\n`,
    );
    expect(await json(...resume, "--failed")).toMatchObject({ code: 3, value: { failed: 1 } });
    expect((await json(...download())).code).toBe(0);
    expect((await json("list", "--db", "tiles.db")).value.downloads).toEqual([]);
  });
});
