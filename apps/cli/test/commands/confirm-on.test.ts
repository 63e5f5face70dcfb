import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import { confirmOn } from "../../src/commands/confirm-on.ts";

describe("a question", () => {
  it.each([
    ["y\n", "yes"],
    ["YES \n", "yes"],
    ["n\n", "no"],
    ["\n", "no"],
    ["yesterday\n", "no"],
    ["", "no"],
  ])("that is answered by %j is answered by %s", async (typed, answer) => {
    const input = new PassThrough();
    const output = new PassThrough();
    input.end(typed);
    expect(await confirmOn(input, output)("Delete it?")).toBe(answer);
    expect(String(output.read())).toContain("Delete it? [y/N] ");
  });

  it.each([
    ["Ctrl-C", "\u0003", "interrupted"],
    ["Ctrl-D", "\u0004", "no"],
  ])("at a terminal is left by %s, and its line too", async (_, key, answer) => {
    const input = new PassThrough();
    const output = Object.assign(new PassThrough(), { isTTY: true, columns: 80 });
    const asked = confirmOn(input, output)("Delete it?");
    input.write(key);
    expect(await asked).toBe(answer);
    expect(String(output.read())).toMatch(/\[y\/N\] [^\n]*\n$/);
  });
});
