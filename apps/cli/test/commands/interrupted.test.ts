import { describe, expect, it } from "vitest";
import { SLOWLY, TILES, Workshop } from "./workshop.ts";

const workshop = new Workshop();
const { begun, download, inFile, interrupted, json, run } = workshop;

describe("a download that was interrupted", () => {
  it("by Ctrl-C is paused, says how it goes on, and does", async () => {
    const { code, stdout } = await interrupted(
      "SIGINT",
      "--param",
      "key=0123secret",
      "--url",
      `${workshop.server.tiles}?key={key}`,
    );
    expect(code).toBe(130);
    expect(stdout).not.toContain("0123secret");
    const said = JSON.parse(stdout.trim().split("\n").at(-1) ?? "");
    const template = `'${workshop.server.tiles}?key={key}'`;
    expect(said.resume).toBe(`fmtc resume ${said.id.slice(0, 8)} --db tiles.db --url ${template} --param key=…`);
    const [paused] = (await json("list", "--db", "tiles.db")).value.downloads;
    expect(paused).toMatchObject({ store: "hiking", state: "paused", max: TILES });
    const before = await workshop.server.requests();
    const unknown = await run("resume", "--db", "tiles.db");
    expect(unknown).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("the same command with --url 'https://"),
    });
    expect(await workshop.server.requests()).toBe(before);
    const resume = ["resume", paused.id.slice(0, 3), "--db", "tiles.db", "--url"];
    expect(await run(...resume, workshop.server.tiles)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(`If it is the same map at another address, say so with --source`),
    });
    expect(await workshop.server.requests()).toBe(before);
    const resumed = await run(...resume, `${workshop.server.tiles}?v=2`, "--source", paused.source, "--json");
    expect(resumed).toMatchObject({ code: 0, stdout: expect.stringContaining('"event":"started","how":"goesOn"') });
    expect(await workshop.server.requests()).toBe(before + TILES - paused.attempted);
    expect(await inFile((store) => store.stores.stats("hiking"))).toMatchObject({ length: TILES });
  });

  it("by a crash goes on by the same command, with exactly what is missing", async () => {
    await interrupted("SIGKILL");
    const [failed] = (await json("list", "--db", "tiles.db")).value.downloads;
    expect(failed).toMatchObject({ state: "interrupted" });
    const before = await workshop.server.requests();
    const again = await run(...download(...SLOWLY));
    expect(again).toMatchObject({
      code: 0,
      stderr: expect.stringContaining(`Goes on after ${failed.attempted} of 78 tiles`),
    });
    expect(await workshop.server.requests()).toBe(before + TILES - failed.attempted);
    expect((await json("list", "--db", "tiles.db")).value.downloads).toEqual([]);
  });

  it("begins anew with other options, and leaves no record of the first", async () => {
    await interrupted("SIGKILL");
    const again = await run(...download("--parallel", "3", "--rate", "1000"));
    expect(again).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/^Begins anew, as download [a-z\d]{8} had other options\.$/m),
    });
    expect((await json("list", "--db", "tiles.db")).value.downloads).toEqual([]);
  });

  it("has to be named if there are several, or all are", async () => {
    await interrupted("SIGINT");
    await interrupted("SIGTERM", "--circle", "47,11,5km");
    const resume = ["resume", "--db", "tiles.db", "--url", workshop.server.tiles];
    const several = await run(...resume);
    expect(several).toMatchObject({
      code: 2,
      stdout: "",
      stderr: expect.stringMatching(/^There are 2 downloads to go on with: name one.*--all\.\nid +store/),
    });
    expect(await run(...resume, "nonsense")).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^There is no download "nonsense": name one of those there are\.\nid +store/),
    });
    expect((await json(...resume)).value.error).toEqual({
      code: "USAGE",
      message: "There are 2 downloads to go on with: name one by the beginning of its id, or take them --all.",
      downloads: [expect.objectContaining({ state: "paused" }), expect.objectContaining({ state: "paused" })],
    });
    expect((await run(...resume, "--all")).code).toBe(0);
    expect(await run(...resume)).toEqual({ code: 0, stdout: "There is no download to go on with.\n", stderr: "" });
  });

  it("is not started a second time while it runs elsewhere", async () => {
    const { child, ended } = await begun("--rate", "5");
    const [running] = (await json("list", "--db", "tiles.db")).value.downloads;
    expect(running).toMatchObject({ state: "running" });
    const again = await run(...download("--rate", "5"));
    expect(again).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^This region is being downloaded into "hiking" already/),
    });
    const resumed = await run("resume", running.id, "--db", "tiles.db", "--url", workshop.server.tiles);
    expect(resumed).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^Download [a-z\d]{8} is running elsewhere\./),
    });
    const gone = await run("delete", "hiking", "--yes", "--db", "tiles.db");
    expect(gone).toMatchObject({ code: 1, stderr: expect.stringMatching(/is being downloaded into by another fmtc/) });
    child.kill("SIGTERM");
    expect((await ended).code).toBe(143);
  });
});
