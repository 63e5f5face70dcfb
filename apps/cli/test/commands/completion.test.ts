import { spawnSync } from "node:child_process";
import { chmod, readdir, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { openSqliteStore } from "@fmtc/store-sqlite";
import { describe, expect, it } from "vitest";
import { FLAGS, fmtc, MAIN } from "./fmtc.ts";
import { Workshop } from "./workshop.ts";

const workshop = new Workshop();
const { interrupted, json, run } = workshop;

/** The answer to what is typed so far, as shells ask for it. */
async function complete(...words: string[]): Promise<string[]> {
  const { code, stdout, stderr } = await run("complete", "--", ...words);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return stdout.trim().split("\n");
}

async function makeStores(file: string, ...names: string[]): Promise<void> {
  const store = await openSqliteStore(join(workshop.cwd, file));
  for (const name of names) await store.stores.create(name);
  await store.close();
}

describe("completion", () => {
  it("makes no file", async () => {
    expect(await complete("stats", "")).toEqual([":4"]);
    expect(await readdir(workshop.cwd)).toEqual([]);
  });

  it("knows commands and downloads", async () => {
    await interrupted("SIGINT");
    const { downloads } = (await json("list", "--db", "tiles.db")).value;
    expect(await complete("--db", "tiles.db", "resume", "")).toContainEqual(
      expect.stringContaining(`${downloads[0].id.slice(0, 8)}\thiking: `),
    );
    expect(await complete("audit", "hiking", "--db", "tiles.db", "--source", "")).toContainEqual(
      expect.stringMatching(/^127\.0\.0\.1:\d+\/xyz/),
    );
    expect(await complete("down")).toContainEqual(expect.stringMatching(/^download\t/));
    expect(await complete("help", "down")).toEqual([expect.stringMatching(/^download\t/), ":4"]);
  });

  it("knows the stores and sources of the files that the line names, and of the environment", async () => {
    await makeStores("a.db", "alps", "hills");
    await makeStores("b.db", "baltic");
    const sources = [{ id: "topo", url: "https://tiles.example.org/{z}/{x}/{y}.png" }];
    await writeFile(join(workshop.cwd, "c.json"), JSON.stringify({ db: "b.db", sources }));
    expect(await complete("stats", "--db", "a.db", "al")).toEqual(["alps\tstore", ":4"]);
    expect(await complete("--db=a.db", "stats", "")).toEqual(["alps\tstore", "hills\tstore", ":4"]);
    expect(await complete("stats", "--config", "c.json", "")).toEqual(["baltic\tstore", ":4"]);
    expect(await complete("download", "--config=c.json", "--source", "")).toEqual(["topo\tsource", ":4"]);
    const { stdout } = await fmtc(["complete", "--", "stats", ""], { cwd: workshop.cwd, env: { FMTC_DB: "b.db" } });
    expect(stdout).toBe("baltic\tstore\n:4\n");
  });

  it("knows the options of all commands, and where files are wanted", async () => {
    expect(await complete("list", "--js")).toEqual([expect.stringMatching(/^--json\t/), ":4"]);
    expect(await complete("--db=a.db", "li")).toEqual([expect.stringMatching(/^list\t/), ":4"]);
    for (const option of ["--db", "--config", "--line", "--polygon", "--region"]) {
      expect(await complete("count", option, "")).toEqual([":0"]);
      expect(await complete("count", `${option}=ma`)).toEqual([":0"]);
    }
    expect(await complete("count", "--zooms", "")).toEqual([":4"]);
  });

  it("is a script for each shell", async () => {
    for (const shell of ["zsh", "fish", "powershell"]) {
      expect(await run("completion", shell)).toMatchObject({
        code: 0,
        stdout: expect.stringContaining("fmtc complete"),
      });
    }
  });
});

describe.skipIf(process.platform === "win32")("bash", () => {
  /** What Tab would put at the end of a line, whose words are as bash takes them apart. */
  async function tab(...lines: (readonly [line: string, ...words: string[]])[]): Promise<string[]> {
    const { stdout: script } = await run("completion", "bash");
    const bin = join(workshop.cwd, "fmtc");
    await writeFile(bin, `#!/bin/sh\nexec '${process.execPath}' ${FLAGS.join(" ")} '${MAIN}' "$@"\n`);
    await chmod(bin, 0o755);
    const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
    const asked = lines.map(
      ([line, ...words]) =>
        `COMP_LINE=${quoted(line)} COMP_POINT=${line.length} COMP_CWORD=${words.length - 1} COMP_WORDS=(${words.map(quoted).join(" ")})
__fmtc_complete; printf '%s|' "\${COMPREPLY[@]}"; echo`,
    );
    const { PATH = "", NODE_COMPILE_CACHE = "" } = process.env;
    const { stdout, stderr } = spawnSync("bash", ["--norc", "--noprofile"], {
      cwd: workshop.cwd,
      // It is read twice, as by one who reads ~/.bashrc again.
      input: `${script}\n${script}\n${asked.join("\n")}\n`,
      env: { PATH: `${workshop.cwd}${delimiter}${PATH}`, NODE_COMPILE_CACHE, HOME: workshop.cwd },
      encoding: "utf8",
    });
    expect(stderr).toBe("");
    return stdout.trim().split("\n");
  }

  it("completes without any package of its own", async () => {
    await makeStores("tiles.db", "two words", "at:home");
    expect(
      await tab(
        ["fmtc downl", "fmtc", "downl"],
        ["fmtc --db=tiles.db sta", "fmtc", "--db", "=", "tiles.db", "sta"],
        ["fmtc stats --db ~/tiles.db tw", "fmtc", "stats", "--db", "~/tiles.db", "tw"],
        ['fmtc stats --db=tiles.db "tw', "fmtc", "stats", "--db", "=", "tiles.db", '"tw'],
        ["fmtc stats --db 'tiles.db' at:h", "fmtc", "stats", "--db", "'tiles.db'", "at", ":", "h"],
        ["fmtc list --db ", "fmtc", "list", "--db", ""],
        ["fmtc list $(touch made)", "fmtc", "list", "$(touch made)"],
      ),
    ).toEqual(["download|", "stats|", "two\\ words|", "two words|", "home|", "|", "|"]);
    expect(await readdir(workshop.cwd)).not.toContain("made");
  });
});
