import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import { confirmOn } from "../../src/commands/confirm-on.ts";

describe("a question", () => {
  it.each([
    ["y\n", true],
    ["YES \n", true],
    ["n\n", false],
    ["\n", false],
    ["yesterday\n", false],
    ["", false],
  ])("that is answered by %j is %s", async (typed, is) => {
    const input = new PassThrough();
    const output = new PassThrough();
    input.end(typed);
    expect(await confirmOn(input, output)("Delete it?")).toBe(is);
    expect(String(output.read())).toContain("Delete it? [y/N] ");
  });
});
