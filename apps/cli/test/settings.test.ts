import { homedir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { namedFiles, readSettings } from "../src/settings.ts";
import { UsageError } from "../src/usage-error.ts";

describe("the files that are named", () => {
  it("are those of the options, else of the environment, where neither may be there the next time", () => {
    const env = { FMTC_DB: "env.db", FMTC_CONFIG: "env.json" };
    expect(namedFiles({}, env)).toEqual({ db: "env.db", config: "env.json" });
    expect(namedFiles({ db: "own.db" }, env)).toEqual({ db: "own.db", config: "env.json" });
    expect(namedFiles({}, { FMTC_DB: "" })).toEqual({ db: undefined, config: undefined });
    expect(() => namedFiles({ db: "" }, env)).toThrow(new UsageError("--db is empty: give the name of a file."));
  });

  it("may lie in the home folder, where no shell has said so", async () => {
    expect(await readSettings({ db: "~/tiles.db" }, {})).toMatchObject({ db: join(homedir(), "tiles.db") });
    await expect(readSettings({ config: "~/no.json" }, {})).rejects.toThrow(
      new UsageError(`The configuration file ${join(homedir(), "no.json")} does not exist.`),
    );
  });
});
