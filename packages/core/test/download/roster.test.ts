import { expect, it } from "vitest";
import { Roster } from "../../src/download/roster.ts";

it("has those who are there in the order in which they came", () => {
  const roster = new Roster<string>();
  expect([roster.size, roster.first]).toEqual([0, undefined]);
  for (const one of ["a", "b", "c", "d"]) roster.add(one);
  roster.remove("c");
  roster.remove("unknown");
  roster.remove("c");
  expect([roster.size, roster.first, roster.list()]).toEqual([3, "a", ["a", "b", "d"]]);
  roster.remove("a");
  expect(roster.first).toBe("b");
});

it("lists those of a moment, whoever leaves while they are told", () => {
  const roster = new Roster<string>();
  for (const one of ["a", "b", "c"]) roster.add(one);
  const told: string[] = [];
  for (const one of roster.list()) {
    told.push(one);
    roster.remove(one);
  }
  expect([told, roster.size]).toEqual([["a", "b", "c"], 0]);
});
