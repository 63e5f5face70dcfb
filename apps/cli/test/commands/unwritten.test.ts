import { open } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { startFmtc } from "./fmtc.ts";
import { Workshop } from "./workshop.ts";

const workshop = new Workshop();
const COUNT = ["count", "--bbox", "0,0,1,1", "--zooms", "0-3"];
const FULL = "Standard output cannot be written: the disk is full.\n";

/** Only Linux has a file that is always full. */
describe.runIf(process.platform === "linux")("standard output on a full disk", () => {
  const onFullDisk = async (...args: string[]) => {
    const full = await open("/dev/full", "w");
    try {
      const { ended } = startFmtc(args, { cwd: workshop.cwd, stdout: full.fd });
      const { code, stderr } = await ended;
      return { code, stderr };
    } finally {
      await full.close();
    }
  };

  it.each([
    ["a result", COUNT],
    ["a result for programs", [...COUNT, "--json"]],
    ["help", ["--help"]],
    ["the version", ["--version"]],
  ])("ends with 1, and says why: %s", async (_, args) => {
    expect(await onFullDisk(...args)).toEqual({ code: 1, stderr: FULL });
  });

  it("pauses a download that tells programs how far it is", async () => {
    const { code, stderr } = await onFullDisk(...workshop.download("--rate", "5", "--json"));
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^Standard output cannot be written: the disk is full\.\nPaused after \d+ of 78 tiles\. To go on: fmtc resume /,
    );
  });

  it("leaves the code of an error as it is", async () => {
    const { code, stderr } = await onFullDisk("count", "--zooms", "99", "--bbox", "1,2,3,4", "--json");
    expect(code).toBe(2);
    expect(stderr).toContain('--zooms is "99"');
  });
});

describe("a reader who has gone", () => {
  it.each([
    ["count", COUNT],
    ["count --json", [...COUNT, "--json"]],
    ["help", ["count", "--help"]],
  ])("ends it quietly with 141: %s", async (_, args) => {
    const { child, ended } = startFmtc(args, { cwd: workshop.cwd });
    child.stdout?.destroy();
    const { code, stderr } = await ended;
    expect({ code, stderr }).toEqual({ code: 141, stderr: "" });
  });
});

describe("options of all commands", () => {
  it("are not taken from the value of another", async () => {
    const { code, stdout, stderr } = await workshop.run("list", "--db", "--json");
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(/^There is no file .*--json yet/);
  });

  it("count although others cannot be understood", async () => {
    const { code, stdout } = await workshop.run("count", "--zoom", "8", "--json");
    expect({ code, stdout: JSON.parse(stdout) }).toEqual({
      code: 2,
      stdout: { error: { code: "USAGE", message: "Unknown option '--zoom'. Did you mean --zooms?" } },
    });
  });
});
