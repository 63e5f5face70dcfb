import { stat } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { Workshop } from "./workshop.ts";

const workshop = new Workshop();
const { begun, download, inFile, interrupted, json, run } = workshop;

const DELETE = ["delete", "hiking", "--db", "tiles.db"];

describe("delete", () => {
  it("says what would go, and what has gone", async () => {
    await run(...download());
    const deepest = [...DELETE, "--bbox", "-180,-85,180,85", "--zooms", "14"];
    expect((await json(...deepest, "--dry-run")).value).toMatchObject({ dryRun: true, removed: 49, deleted: 49 });
    expect((await run(...deepest, "--yes")).stdout).toMatch(
      /^Deleted tiles of .*\/xyz from store "hiking": 49 tiles; [\d.]+ kB come free\.\n$/,
    );
    expect((await json(...DELETE, "--older-than", "1h", "--yes")).value).toMatchObject({ removed: 0 });
    expect((await json(...DELETE, "--dry-run")).value).toMatchObject({ store: "hiking", dryRun: true, removed: 29 });
    expect(await inFile((store) => store.stores.stats("hiking"))).toMatchObject({ length: 29 });
    expect((await json(...DELETE, "--yes")).value).toMatchObject({ dryRun: false, removed: 29, deleted: 29 });
    expect(await inFile((store) => store.stores.list())).toEqual([]);
  });

  it("gives the room back to the disk", async () => {
    await run(...download());
    const file = join(workshop.cwd, "tiles.db");
    const before = (await stat(file)).size;
    const { value } = await json(...DELETE, "--yes");
    expect((await stat(file)).size).toBeLessThan(before - value.bytes / 2);
  });

  it("forgets the store's downloads, and says so before and after", async () => {
    await interrupted("SIGINT");
    const [{ id }] = (await json("list", "--db", "tiles.db")).value.downloads;
    const what = `store "hiking" and its paused download ${id.slice(0, 8)}: `;
    expect((await run(...DELETE, "--dry-run")).stdout).toContain(`Would delete ${what}`);
    expect((await run(...DELETE, "--yes")).stdout).toContain(`Deleted ${what}`);
    expect((await json("list", "--db", "tiles.db")).value).toMatchObject({ stores: [], downloads: [] });
  });

  it("leaves a store alone that is being downloaded into, but says what would go", async () => {
    const { child, ended } = await begun("--rate", "5");
    const refused = await json(...DELETE, "--yes");
    expect(refused).toMatchObject({
      code: 1,
      value: {
        error: { code: "STORE_IN_USE", message: expect.stringContaining('Store "hiking" is being downloaded') },
      },
    });
    const dry = await run(...DELETE, "--dry-run");
    expect(dry).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^Would delete store "hiking" and its running download [a-z\d]{8}: \d+ tile/),
    });
    child.kill("SIGTERM");
    expect((await ended).code).toBe(143);
  });

  it("that has slipped in is told to the download", async () => {
    const { ended } = await begun("--rate", "5");
    await inFile(({ stores }) => stores.delete("hiking"));
    expect(await ended).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(
        /^Store "hiking" has been deleted by another program meanwhile, so this has stopped\.$/m,
      ),
    });
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

  it("asks nobody with --json, even at a terminal", async () => {
    expect(await json(...DELETE)).toMatchObject({
      code: 2,
      value: { error: { message: expect.stringMatching(/^Nobody is asked with --json: add --yes to delete/) } },
    });
  });
});
