import { expect, it } from "vitest";
import { flowLines } from "../../src/output/flow-lines.ts";
import { table } from "../../src/output/table.ts";

it("aligns texts to the left and numbers to the right, whatever script they are in", () => {
  const rows = [
    ["hiking", "12,345", "1.34 kB", "2 min 5 s", "42.3 %"],
    ["東京", "5", "182 MB", "3 s", "–"],
    ["Zürich 🗻", "", "0 B", "1 h", "100 %"],
  ];
  expect(table(rows).split("\n")).toEqual([
    "hiking     12,345  1.34 kB  2 min 5 s  42.3 %",
    "東京            5   182 MB        3 s       –",
    "Zürich 🗻              0 B        1 h   100 %",
  ]);
});

it("puts heads above, which do not make a column of texts", () => {
  expect(
    table(
      [
        ["a", "1"],
        ["b", "22"],
      ],
      ["store", "tiles"],
    ).split("\n"),
  ).toEqual(["store  tiles", "a          1", "b         22"]);
});

it("is not led astray by texts that begin with a number", () => {
  expect(
    table([
      ["1", "2024 tour"],
      ["22", "5"],
    ]).split("\n"),
  ).toEqual([" 1  2024 tour", "22  5"]);
});

it("cuts texts that would make all rows long, and lets none of them speak to the terminal", () => {
  const rows = [
    ["a\u001b[2J\nb", "x".repeat(3_000), "1"],
    ["c", "y", "z".repeat(3_000)],
  ];
  expect(table(rows).split("\n")).toEqual([
    `a b  ${"x".repeat(39)}…  1`,
    `c    y${" ".repeat(39)}  ${"z".repeat(3_000)}`,
  ]);
});

it("may be empty, and rows may be short", () => {
  expect(table([])).toBe("");
  expect(table([["a"], ["b", "1"]])).toBe("a\nb  1");
});

it("lets parts flow over as many lines as it takes, and does not split one", () => {
  expect(flowLines(["one", "two", "three", "a long part of its own"], 11)).toEqual([
    "one · two",
    "three",
    "a long part of its own",
  ]);
  expect(flowLines([], 11)).toEqual([]);
});
