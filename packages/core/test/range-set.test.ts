import fc from "fast-check";
import { expect, it } from "vitest";
import { RangeSet } from "../src/recovery/range-set.ts";
import { holds } from "./property.ts";

const SPACE = 40;
const additions = fc.array(fc.tuple(fc.nat(SPACE), fc.nat(6)), { maxLength: 25 });

it("is a set of numbers", () => {
  holds(additions, 3_000, (ranges) => {
    const set = new RangeSet();
    const model = new Set<number>();
    for (const [start, length] of ranges) {
      set.add(start, start + length);
      for (let i = start; i < start + length; i++) model.add(i);
      expect(set.size).toBe(model.size);
    }
    for (let i = 0; i < SPACE + 10; i++) {
      expect(set.has(i)).toBe(model.has(i));
      let missing = i;
      while (model.has(missing)) missing++;
      expect(set.nextMissing(i)).toBe(missing);
    }
  });
});

it("keeps ranges that ascend and neither touch nor overlap", () => {
  holds(additions, 1_000, (ranges) => {
    const set = new RangeSet();
    for (const [start, length] of ranges) set.add(start, start + length);
    const bounds = set.toRanges();
    expect(bounds).toEqual([...new Set(bounds)].toSorted((a, b) => a - b));
    const copy = new RangeSet(bounds);
    expect(copy.toRanges()).toEqual(bounds);
    expect(copy.size).toBe(set.size);
  });
});

it("takes one number at a time, in any order", () => {
  const set = new RangeSet();
  for (const number of [5, 3, 4, 0, 2, 1]) set.add(number);
  expect(set.toRanges()).toEqual([0, 6]);
});

it("does not share its ranges", () => {
  const ranges = [0, 2];
  const set = new RangeSet(ranges);
  ranges.push(4, 6);
  set.toRanges().push(8, 9);
  expect(set.toRanges()).toEqual([0, 2]);
});
