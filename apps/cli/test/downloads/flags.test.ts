import { describe, expect, it } from "vitest";
import { commandToResume } from "../../src/downloads/command-to-resume.ts";
import { type DownloadFlags, readDownloadFlags } from "../../src/downloads/download-options.ts";
import { shellWord } from "../../src/downloads/shell-word.ts";
import { readAge } from "../../src/stores/read-age.ts";
import { UsageError } from "../../src/usage-error.ts";

describe("the options of a download", () => {
  it("are core's, and only those that are given", () => {
    expect(readDownloadFlags({ recovery: true })).toEqual({});
    const flags = { parallel: "8", rate: "0.5", buffer: "50", retries: "0", all: true, keepSea: true } as const;
    expect(readDownloadFlags({ ...flags, maxTileBytes: "1,000,000", recovery: false })).toEqual({
      parallel: 8,
      rateLimit: 0.5,
      buffer: 50,
      retries: 0,
      skipExisting: false,
      skipSea: false,
      maxTileBytes: 1_000_000,
      recovery: false,
    });
    expect(readDownloadFlags({ pruneSeaBelow: "12" })).toEqual({ pruneSeaBelow: 12 });
  });

  it.each<[DownloadFlags, string]>([
    [{ parallel: "0" }, '--parallel is "0", but must be a whole number from 1 to 1,000.'],
    [{ parallel: "1e2" }, '--parallel is "1e2", but must be a whole number from 1 to 1,000.'],
    [{ buffer: "1,5" }, '--buffer is "1,5", but must be a whole number from 1 to 100,000.'],
    [{ retries: "-1" }, '--retries is "-1", but must be a whole number from 0 to 100.'],
    [{ retries: "" }, '--retries is "", but must be a whole number from 0 to 100.'],
    [{ maxTileBytes: "10MB" }, '--max-tile-bytes is "10MB", but must be a whole number from 1 to 1,000,000,000.'],
    [{ pruneSeaBelow: "25" }, '--prune-sea-below is "25", but must be a whole number from 0 to 24.'],
    [{ rate: "0" }, '--rate is "0", but must be a number of tiles a second, 0.01 or more.'],
    [{ rate: "fast" }, '--rate is "fast", but must be a number of tiles a second, 0.01 or more.'],
    [{ rate: "Infinity" }, '--rate is "Infinity", but must be a number of tiles a second, 0.01 or more.'],
    [
      { keepSea: true, pruneSeaBelow: "8" },
      "--prune-sea-below leaves sea tiles out, and --keep-sea wants them. Take one of them.",
    ],
  ])("refuses %j", (flags, message) => {
    expect(() => readDownloadFlags(flags)).toThrow(new UsageError(message));
  });
});

describe("--older-than", () => {
  it.each([
    ["90min", 5_400_000],
    ["12h", 43_200_000],
    ["30d", 2_592_000_000],
    ["1.5 d", 129_600_000],
    ["2w", 1_209_600_000],
    ["1y", 31_536_000_000],
  ])("%s is %d ms", (value, ms) => {
    expect(readAge(value)).toBe(ms);
  });

  it.each(["", "30", "d", "-1d", "1m", "1 month", "1d2h"])("refuses %j", (value) => {
    const message = `--older-than is "${value}", but must be a time, such as 90min, 12h, 30d, 8w or 1y.`;
    expect(() => readAge(value)).toThrow(new UsageError(message));
  });
});

describe("the command that goes on with a download", () => {
  const url = "https://tiles.example.org/{z}/{x}/{y}.png";
  const of = (source: object, globals = {}) =>
    commandToResume("3f9k2abcdefgh", "tiles.example.org", globals, { param: [], header: [], ...source });

  it("says again where the tiles are, and where they come from", () => {
    expect(of({})).toBe("fmtc resume 3f9k2abc");
    expect(of({ url, allowBulk: true, contact: "me@example.org" }, { db: "my tiles.db", config: "c.json" })).toBe(
      `fmtc resume 3f9k2abc --db ${shellWord("my tiles.db")} --config c.json --url ${shellWord(url)} --allow-bulk --contact me@example.org`,
    );
  });

  it("never holds a key", () => {
    const secret = "0123secret";
    const param = [`key=${secret}`];
    const header = [`Authorization: Bearer ${secret}`];
    const hidden = of({ url: `${url}?key=${secret}`, param, header });
    expect(hidden).toBe(
      "fmtc resume 3f9k2abc --url … --source tiles.example.org --param key=… --header 'Authorization: …'",
    );
    expect(of({ url: `https://me:${secret}@example.org/{z}/{x}/{y}` })).toBe(
      "fmtc resume 3f9k2abc --url … --source tiles.example.org",
    );
  });

  it("shows a template, in which placeholders stand for keys, and what is no secret", () => {
    const template = "https://{s}.tiles.example.org/{z}/{x}/{y}.png?key={key}";
    const param = ["s=a,b", "key=0123secret"];
    expect(commandToResume("3f9k2abcdefgh", "tiles.example.org?key", {}, { url: template, param, header: [] })).toBe(
      `fmtc resume 3f9k2abc --url ${shellWord(template)} --param s=a,b --param key=…`,
    );
  });

  it("names the source where it was given, and where the URL does not say it", () => {
    expect(of({ source: "tiles.example.org" })).toBe("fmtc resume 3f9k2abc --source tiles.example.org");
    expect(of({ url: `${url}8` })).toBe(
      `fmtc resume 3f9k2abc --url ${shellWord(`${url}8`)} --source tiles.example.org`,
    );
  });

  it("is quoted for its shell", () => {
    expect(shellWord("it's {z}", "linux")).toBe("'it'\\''s {z}'");
    expect(shellWord('say "{z}"', "win32")).toBe('"say ""{z}"""');
    expect(shellWord("maps/tiles.db", "linux")).toBe("maps/tiles.db");
  });
});
