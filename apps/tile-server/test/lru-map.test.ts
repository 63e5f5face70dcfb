import { expect, it } from "vitest";
import { LruMap } from "../src/lru-map.ts";

it("forgets what was not read for the longest time", () => {
  const map = new LruMap<string, number>(3);
  for (const [i, key] of ["a", "b", "c"].entries()) map.set(key, i);
  map.get("a");
  map.set("d", 3);
  expect(["a", "b", "c", "d"].map((key) => map.get(key))).toEqual([0, undefined, 2, 3]);
  expect(map.size).toBe(3);
});

it("weighs its values, and keeps one that is too heavy until the next comes", () => {
  const map = new LruMap<string, string>(10, ({ length }) => length);
  map.set("a", "12345");
  map.set("b", "12345");
  map.set("a", "1234567");
  expect(map.get("b")).toBeUndefined();
  map.set("huge", "x".repeat(50));
  expect([map.get("a"), map.get("huge")?.length]).toEqual([undefined, 50]);
  map.set("c", "1");
  expect([map.get("huge"), map.get("c")]).toEqual([undefined, "1"]);
});
