import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { createProgram } from "../../src/program.ts";

const NOTHING = { stores: [], downloads: [], sources: [] };
/** Those that everybody knows, and that help shows. */
const KNOWN_BY_ALL = ["--help", "--version"];

const program = createProgram(() => async () => {}, NOTHING);
const helps = program.commands
  .filter((command) => !["complete", "help"].includes(command.name()))
  .map((command) => [command.name(), command.helpInformation()] as const);
const readme = await readFile(new URL("../../README.md", import.meta.url), "utf8");

/** The README's own commands: not those of npm. */
const optionsIn = (text: string): Set<string> =>
  new Set(text.match(/(?<![\w-])--[a-z][a-z-]+/g)?.filter((option) => !["--global"].includes(option)));

describe("the README", () => {
  it("has all commands that there are, and no others", () => {
    const rows = [...readme.matchAll(/^\| `fmtc (\w+)/gm)].map(([, name]) => name);
    expect(rows.toSorted()).toEqual(helps.map(([name]) => name).toSorted());
  });

  it("has all options that there are, and no others", () => {
    const there = optionsIn(helps.map(([, help]) => help).join("\n"));
    for (const option of KNOWN_BY_ALL) there.delete(option);
    const told = optionsIn(readme);
    told.delete("--help");
    expect([...told].toSorted()).toEqual([...there].toSorted());
  });
});

describe("the help of each command", () => {
  const commands = program.commands.filter((command) => !["complete", "help"].includes(command.name()));

  it.each(commands.map((command) => [command.name(), command] as const))(
    "has examples that work: %s",
    async (name, command) => {
      let help = "";
      command
        .configureOutput({
          writeOut: (text) => {
            help += text;
          },
        })
        .outputHelp();
      expect(help).toMatch(new RegExp(`^Usage: fmtc ${name}`));
      const examples = [...help.matchAll(/^ {4}\$ (?:echo 'source <\()?fmtc ([^|>)\n]+)/gm)].map(([, line = ""]) =>
        wordsOf(line),
      );
      expect(examples.length).toBeGreaterThan(0);
      for (const words of examples) {
        expect(words[0]).toBe(name);
        let isPerformed = false;
        const understood = createProgram(
          () => async () => {
            isPerformed = true;
          },
          NOTHING,
        );
        if (name === "completion") continue;
        await understood.parseAsync(words, { from: "user" });
        expect(isPerformed).toBe(true);
      }
    },
  );
});

/** As a shell takes them, quotes and all. */
function wordsOf(line: string): string[] {
  return [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, bare = ""]) => quoted ?? bare);
}
